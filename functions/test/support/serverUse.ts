import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { arrivingParticipant } from "../../src/audience/arrivingParticipant.js";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { sweepPresence } from "../../src/audience/sweepPresence.js";
import { receiveRoomEvent } from "../../src/audio/receiveRoomEvent.js";
import { leaseRef, participantRef, participantsRef } from "../../src/collections.js";
import type { Dependencies } from "../../src/dependencies.js";
import { sweepShow } from "../../src/shows/sweepShow.js";
import { quietFirestore, type Person } from "./backstage.js";
import { countedDependencies } from "./countedDependencies.js";
import { countRoundTrips } from "./roundTrips.js";
import { liveShow, people } from "./largeScene.js";

const QUIET_LISTENERS = 5_000;
const MINUTE_MS = 60_000;

/** The resources that one server operation used. */
export interface OperationUse<Firestore> {
  readonly firestore: Firestore;
  readonly roundTrips: number;
  readonly livekitCalls: number;
}

/** The resources of each server operation, measured separately and without triggers. */
export interface ServerUse<Use> {
  readonly join: OperationUse<Use>;
  readonly connected: OperationUse<Use>;
  readonly leave: OperationUse<Use>;
  readonly disconnected: OperationUse<Use>;
  /** For the part of a sweep that ends the lease of the person who left. */
  readonly leaseEnded: OperationUse<Use>;
  /** For a quiet show with 5,000 listeners, as many as LiveKit lists. */
  readonly sweep: OperationUse<Use>;
  /** For a sweep that reads every participant of the same show. */
  readonly naiveSweep: OperationUse<Use>;
}

/**
 * Measures the server's operations. `take` returns what this process has used of Firestore since
 * its last call.
 */
export async function measureServer<Use>(take: () => Use): Promise<ServerUse<Use>> {
  const firestore = quietFirestore();
  const counter = countRoundTrips(firestore);
  const deps = countedDependencies(firestore);
  const used = async (work: () => Promise<unknown>): Promise<OperationUse<Use>> => {
    deps.external.length = 0;
    take();
    const { sequential } = await counter.during(work);
    const livekitCalls = deps.external.filter((edge) => edge === "LiveKit").length;
    return { firestore: take(), roundTrips: sequential, livekitCalls };
  };
  const showId = await liveShow(firestore);
  const [listener] = await people(firestore, 1);
  if (!listener) throw new Error("no user was created");
  const { uid } = listener;
  const caller = { uid, isAdmin: false };
  const connection = { showId, uid, role: "listener", canPublish: false } as const;
  const connectedAt = deps.clock.now();

  const join = await used(() => joinShow(deps, caller, { showId }));
  const connected = await used(() =>
    receiveRoomEvent(deps, { ...connection, kind: "joined", connectedAt }),
  );
  const leave = await used(() => leaveShow(deps, caller, { showId }));
  const disconnected = await used(() =>
    receiveRoomEvent(deps, { kind: "left", showId, uid, connectedAt }),
  );
  const leaseEnded = await used(() =>
    sweepPresence(deps, showId, { since: deps.clock.now(), connected: [] }, () => true),
  );

  const crowd = await people(firestore, QUIET_LISTENERS);
  await seat(firestore, showId, crowd);
  const quiet = quietRoom(deps, crowd);
  // The first sweep counts the new listeners, as soon as the feed may be published again.
  await sweepShow(ahead(quiet, MINUTE_MS), { showId });
  // Later than any change that would make it look into the room.
  const later = ahead(quiet, 3 * MINUTE_MS);
  const sweep = await used(() => sweepShow(later, { showId, participants: QUIET_LISTENERS }));
  const naiveSweep = await used(() =>
    participantsRef(firestore, showId).where("state", "==", "present").get(),
  );
  await firestore.terminate();
  return { join, connected, leave, disconnected, leaseEnded, sweep, naiveSweep };
}

/** Adds people as present, and connected according to LiveKit's webhooks. */
async function seat(db: Firestore, showId: string, crowd: readonly Person[]): Promise<void> {
  const now = Timestamp.now();
  const writer = db.bulkWriter();
  for (const person of crowd) {
    const { uid } = person;
    void writer.set(participantRef(db, showId, uid), arrivingParticipant(uid, person, "", now));
    void writer.set(leaseRef(db, showId, uid), {
      uid,
      aliveUntil: null,
      connectedSince: now.toMillis(),
      expiresAt: now,
    });
  }
  await writer.close();
}

/** The same with a clock that is ahead. */
function ahead(deps: Dependencies, ms: number): Dependencies {
  return { ...deps, clock: { ...deps.clock, now: () => deps.clock.now() + ms } };
}

function quietRoom(
  deps: ReturnType<typeof countedDependencies>,
  crowd: readonly Person[],
): Dependencies {
  const connected = crowd.map(({ uid }) => ({
    uid,
    role: "listener" as const,
    canPublish: false,
    tracks: [],
    connectedAt: 0,
  }));
  return {
    ...deps,
    rooms: { ...deps.rooms, look: () => Promise.resolve({ since: 0, connected }) },
  };
}
