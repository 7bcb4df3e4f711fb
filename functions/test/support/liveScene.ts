import { Timestamp, type Firestore } from "firebase-admin/firestore";
import type { LeaseDocument, ParticipantDocument } from "../../src/contract/audience.js";
import {
  feedRef,
  leaseRef,
  participantRef,
  playbackRef,
  showRef,
  speakRequestRef,
  stageRef,
} from "../../src/collections.js";
import type { PlaybackDocument } from "../../src/contract/music.js";
import { defaultSettings, type ShowDocument, type ShowSettings } from "../../src/contract/shows.js";
import type { SpeakRequestDocument, StageDocument } from "../../src/contract/stage.js";
import { participantIn, requestIn, showIn, somebody, type Person } from "./backstage.js";
import { everythingAbout } from "./everythingAbout.js";
import { showEdges, type ShowEdges } from "./showEdges.js";

/**
 * Ada's live show with dependencies under the test's control. Time passes only on the test's clock.
 */
export interface LiveScene {
  readonly deps: ShowEdges;
  readonly showId: string;
  readonly ada: Person;
  /** Adds a participant with a lease, a listener unless `place` says otherwise. */
  readonly attendee: (name: string, place?: Partial<ParticipantDocument>) => Promise<Person>;
  /** Adds a listener who has asked to speak. */
  readonly asker: (name: string) => Promise<Person>;
  readonly speaker: (name: string) => Promise<Person>;
  readonly cohost: (name: string) => Promise<Person>;
  readonly request: (person: Person, changes?: Partial<SpeakRequestDocument>) => Promise<void>;
  /** Sets a lease in ms since the epoch; null means connected to LiveKit. */
  readonly lease: (
    person: Person,
    aliveUntil: number | null,
    connectedSince?: number | null,
  ) => Promise<void>;
  readonly leaseOf: (person: Person) => Promise<LeaseDocument | undefined>;
  readonly placeOf: (person: Person) => Promise<ParticipantDocument | undefined>;
  readonly requestOf: (person: Person) => Promise<SpeakRequestDocument | undefined>;
  readonly show: () => Promise<ShowDocument | undefined>;
  readonly stage: () => Promise<StageDocument | undefined>;
  readonly playback: () => Promise<PlaybackDocument | undefined>;
  /** All documents of the show. */
  readonly everything: () => Promise<Record<string, unknown>>;
}

const A_WEEK_MS = 7 * 24 * 3_600_000;

export async function liveScene(
  firestore: Firestore,
  settings: Partial<ShowSettings> = {},
): Promise<LiveScene> {
  const deps = showEdges(firestore);
  const now = () => Timestamp.fromMillis(deps.clock.now());
  const ada = await somebody("Ada", firestore);
  const audience = { listeners: 0, peak: 0, countedAt: now() };
  const showId = await showIn(
    "live",
    ada,
    { settings: { ...defaultSettings, ...settings }, startedAt: now(), audience },
    firestore,
  );
  await feedRef(firestore, showId).update({ audience, updatedAt: now() });
  await playbackRef(firestore, showId).update({ at: now() });
  const creator = { role: "creator", canPublish: true, joinedAt: now() } as const;
  await participantIn(showId, ada, creator, firestore);
  const lease: LiveScene["lease"] = async ({ uid }, aliveUntil, connectedSince = null) => {
    await leaseRef(firestore, showId, uid).set({
      uid,
      aliveUntil: aliveUntil === null ? null : Timestamp.fromMillis(aliveUntil),
      connectedSince,
      expiresAt: Timestamp.fromMillis(deps.clock.now() + A_WEEK_MS),
    });
  };
  const arrive = (person: Person) => lease(person, deps.clock.now() + deps.presenceGraceMs);
  await arrive(ada);

  const attendee: LiveScene["attendee"] = async (name, place = {}) => {
    const person = await somebody(name, firestore);
    await participantIn(showId, person, { joinedAt: now(), ...place }, firestore);
    if ((place.state ?? "present") === "present") await arrive(person);
    return person;
  };
  const request: LiveScene["request"] = (person, changes = {}) =>
    requestIn(showId, person, { createdAt: now(), ...changes }, firestore);
  return {
    deps,
    showId,
    ada,
    attendee,
    request,
    lease,
    leaseOf: async ({ uid }) => (await leaseRef(firestore, showId, uid).get()).data(),
    async asker(name) {
      const person = await attendee(name);
      await request(person);
      return person;
    },
    speaker: (name) => attendee(name, { role: "speaker", canPublish: true }),
    cohost: (name) => attendee(name, { role: "cohost", canPublish: true }),
    placeOf: async ({ uid }) => (await participantRef(firestore, showId, uid).get()).data(),
    requestOf: async ({ uid }) => (await speakRequestRef(firestore, showId, uid).get()).data(),
    show: async () => (await showRef(firestore, showId).get()).data(),
    stage: async () => (await stageRef(firestore, showId).get()).data(),
    playback: async () => (await playbackRef(firestore, showId).get()).data(),
    everything: () => everythingAbout(firestore, showId),
  };
}
