import { initializeTestEnvironment } from "@firebase/rules-unit-testing";
import { joinShow, leaveShow } from "../functions/src/audience/schema.js";
import type { ClientConfigDocument } from "../functions/src/clientConfig.js";
import { setShowPlaylist } from "../functions/src/music/schema.js";
import { cancelShow, endShow, startShow } from "../functions/src/shows/schema.js";
import { playlistIds } from "./spotify/catalogue/startingPlaylists.js";
import { hostAndPort, type Endpoints } from "./suite/endpoints.js";
import type { App } from "./clientApp/app.js";
import { signInAs } from "./clientApp/signIn.js";
import { comment, draftShow, editShow, scheduleShow } from "./clientApp/writes.js";

const HOUR_MS = 3_600_000;

/**
 * Fills a fresh suite with a small world, the way people do: they sign in, draft, go live, join and
 * comment through the same calls and writes as an app. Only what the server alone writes is put in
 * behind the rules.
 */
export async function seed(endpoints: Endpoints): Promise<void> {
  const [ada, ben, cleo, ...listeners] = await Promise.all(
    [
      "creator-ada",
      "creator-ben",
      "creator-cleo",
      "listener-dan",
      "listener-eve",
      "listener-fay",
      "listener-gus",
    ].map((persona) => signInAs(endpoints, persona)),
  );
  if (!ada || !ben || !cleo) throw new Error("the creators did not sign in");
  const everyone = [ada, ben, cleo, ...listeners];
  try {
    await Promise.all([
      showThatIsOn(ada, listeners),
      showsToCome(ben),
      showThatIsOver(cleo, listeners),
      behindTheRules(endpoints),
    ]);
  } finally {
    await Promise.all(everyone.map((app) => app.close()));
  }
}

async function showThatIsOn(creator: App, listeners: readonly App[]): Promise<void> {
  const showId = await draftShow(creator, "Night drive");
  await editShow(creator, showId, { description: "Slow songs for empty roads." });
  await creator.call(setShowPlaylist, { showId, playlistId: playlistIds.nightDrive });
  await creator.call(startShow, { showId });
  await draftShow(creator, "Vinyl hour");
  for (const listener of listeners) await listener.call(joinShow, { showId });
  const [first, second, last] = listeners;
  if (first) await comment(first, showId, "This one takes me back.");
  if (second) await comment(second, showId, "Where was this recorded?");
  await last?.call(leaveShow, { showId });
}

async function showsToCome(creator: App): Promise<void> {
  await scheduleShow(
    creator,
    await draftShow(creator, "Sunday soul"),
    new Date(Date.now() + 24 * HOUR_MS),
  );
  const rainedOut = await draftShow(creator, "Rooftop session");
  await scheduleShow(creator, rainedOut, new Date(Date.now() + 2 * HOUR_MS));
  await creator.call(cancelShow, { showId: rainedOut });
}

async function showThatIsOver(creator: App, listeners: readonly App[]): Promise<void> {
  const showId = await draftShow(creator, "After dark");
  await creator.call(startShow, { showId });
  const [guest] = listeners;
  if (guest) {
    await guest.call(joinShow, { showId });
    await comment(guest, showId, "Good night, all.");
  }
  await creator.call(endShow, { showId });
}

async function behindTheRules(endpoints: Endpoints): Promise<void> {
  const [host, port] = hostAndPort(endpoints.firestore);
  const environment = await initializeTestEnvironment({
    projectId: endpoints.projectId,
    firestore: { host, port },
  });
  const config: ClientConfigDocument = {
    minVersions: { ios: "1.0.0", android: "1.0.0", web: "1.0.0" },
    features: { music: true, audio: endpoints.livekit !== undefined },
  };
  await environment.withSecurityRulesDisabled(async (context) => {
    const db = context.firestore();
    await db.doc("config/client").set(config);
  });
  await environment.cleanup();
}
