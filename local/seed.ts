import { initializeTestEnvironment } from "@firebase/rules-unit-testing";
import type { Ambient } from "../client/src/ambient.js";
import type { ClientConfigDocument } from "../functions/src/contract/clientConfig.js";
import { phoneOf } from "./clientApp/ambient.js";
import { inventedTracks } from "./spotify/catalogue/inventedTracks.js";
import { trackUri } from "./spotify/catalogue/track.js";
import { playlistIds } from "./spotify/catalogue/startingPlaylists.js";
import { hostAndPort, type Endpoints } from "./suite/endpoints.js";

const HOUR_MS = 3_600_000;

/**
 * Fills a fresh suite with a few people and shows. They sign in, create, go live, join and comment
 * through the client package. Only what the server alone writes is written directly.
 */
export async function seed(endpoints: Endpoints): Promise<void> {
  const phones = await Promise.all(
    [
      "creator-ada",
      "creator-ben",
      "creator-cleo",
      "listener-dan",
      "listener-eve",
      "listener-fay",
      "listener-gus",
    ].map((persona) => phoneOf(endpoints, persona)),
  );
  try {
    const [ada, ben, cleo, ...listeners] = phones.map(({ ambient }) => ambient);
    if (!ada || !ben || !cleo) throw new Error("the creators did not sign in");
    // The tags on offer come first: shows may have no others.
    await behindTheRules(endpoints);
    await acceptsSupport(ada);
    await Promise.all([
      showThatIsOn(ada, listeners),
      showsToCome(ben),
      showThatIsOver(cleo, listeners),
      ...listeners.map(({ follows }) => follows.follow(ada.account.uid.current ?? "")),
    ]);
  } finally {
    await Promise.all(phones.map((phone) => phone.close()));
  }
}

/** Gives Stripe everything that it asks for. */
async function acceptsSupport(creator: Ambient): Promise<void> {
  const form = await creator.support.openAccount();
  await fetch(form, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ act: "finish" }),
  });
}

async function showThatIsOn(creator: Ambient, listeners: readonly Ambient[]): Promise<void> {
  const showId = await creator.shows.create({
    title: "Night drive",
    description: "Slow songs for empty roads.",
    tags: ["ambient", "soul"],
  });
  await creator.playlists.setPlaylist(showId, playlistIds.nightDrive);
  await creator.start(showId);
  await creator.shows.create({ title: "Vinyl hour" });
  const joined = [];
  for (const listener of listeners) joined.push(await listener.join(showId));
  const [first, second, last] = joined;
  const id = await first?.comments.send("This one takes me back.");
  const replyTo = first && id !== undefined ? { id, authorUid: first.uid } : undefined;
  await second?.comments.send("Where was this recorded?", { replyTo });
  const [wanted] = inventedTracks();
  const songId = wanted && (await first?.songRequests.request(trackUri(wanted.id)));
  if (songId) await second?.songRequests.vote(songId);
  await last?.leave();
}

async function showsToCome({ shows }: Ambient): Promise<void> {
  const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS);
  await shows.create({ title: "Sunday soul", tags: ["soul"], scheduledFor: inHours(24) });
  await shows.cancel(await shows.create({ title: "Rooftop session", scheduledFor: inHours(2) }));
}

async function showThatIsOver(creator: Ambient, listeners: readonly Ambient[]): Promise<void> {
  const show = await creator.start(await creator.shows.create({ title: "After dark" }));
  const guest = await listeners[0]?.join(show.id);
  await guest?.comments.send("Good night, all.");
  await show.end();
}

async function behindTheRules(endpoints: Endpoints): Promise<void> {
  const [host, port] = hostAndPort(endpoints.firestore);
  const environment = await initializeTestEnvironment({
    projectId: endpoints.projectId,
    firestore: { host, port },
  });
  const config: ClientConfigDocument = {
    minVersions: { ios: "1.0.0", android: "1.0.0", web: "1.0.0" },
    tags: [
      "ambient",
      "classical",
      "electronic",
      "folk",
      "hip-hop",
      "indie",
      "jazz",
      "soul",
      "talk",
    ],
    features: { music: true, audio: endpoints.livekit !== undefined },
    support: {
      currencies: {
        eur: { min: 200, max: 20_000, suggested: [300, 500, 1_000] },
        usd: { min: 200, max: 20_000, suggested: [300, 500, 1_000] },
        jpy: { min: 300, max: 30_000, suggested: [300, 500, 1_000] },
      },
    },
  };
  await environment.withSecurityRulesDisabled(async (context) => {
    const db = context.firestore();
    await db.doc("config/client").set(config);
  });
  await environment.cleanup();
}
