import { type Firestore, Timestamp } from "firebase-admin/firestore";
import { arrivingParticipant } from "../../src/audience/arrivingParticipant.js";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { receiveRoomEvent } from "../../src/audio/receiveRoomEvent.js";
import { leaseRef, participantRef, participantsRef } from "../../src/collections.js";
import type { Dependencies } from "../../src/dependencies.js";
import { publishFeed } from "../../src/feed/publishFeed.js";
import { sweepShow } from "../../src/shows/sweepShow.js";
import { quietFirestore, type Person } from "./backstage.js";
import { countedDependencies } from "./calls.js";
import { countRoundTrips } from "./roundTrips.js";
import { liveShow, people } from "./largeScene.js";

const QUIET_LISTENERS = 5_000;

/** What one operation of the server used. */
export interface OperationUse<Firestore> {
  readonly firestore: Firestore;
  readonly roundTrips: number;
  readonly livekitCalls: number;
}

/** What the server's own operations use, each alone and away from every trigger. */
export interface ServerUse<Use> {
  readonly join: OperationUse<Use>;
  readonly connected: OperationUse<Use>;
  readonly leave: OperationUse<Use>;
  readonly disconnected: OperationUse<Use>;
  readonly directFeed: OperationUse<Use>;
  /** Of a quiet show with 5,000 listeners. */
  readonly sweep: OperationUse<Use>;
  /** Of one that looks at everybody in the same show. */
  readonly naiveSweep: OperationUse<Use>;
}

/** `take` tells what this process has used of Firestore since it was last asked. */
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
  if (!listener) throw new Error("nobody was made");
  const { uid } = listener;
  const caller = { uid, isAdmin: false };
  const connection = { showId, uid, role: "listener", canPublish: false } as const;
  const connectedAt = deps.clock.now();

  const join = await used(() => joinShow(deps, caller, { showId }));
  const connected = await used(() =>
    receiveRoomEvent(deps, { ...connection, kind: "joined", connectedAt }),
  );
  const directFeed = await used(() => publishFeed({ ...deps, audienceIntervalMs: 0 }, { showId }));
  const leave = await used(() => leaveShow(deps, caller, { showId }));
  const disconnected = await used(() =>
    receiveRoomEvent(deps, { kind: "left", showId, uid, connectedAt }),
  );

  const crowd = await people(firestore, QUIET_LISTENERS);
  await seat(firestore, showId, crowd);
  const quiet = quietRoom(deps, crowd);
  // The first counts whom it did not know.
  await sweepShow(quiet, { showId });
  const sweep = await used(() => sweepShow(quiet, { showId }));
  const naiveSweep = await used(() =>
    participantsRef(firestore, showId).where("state", "==", "present").get(),
  );
  await firestore.terminate();
  return { join, connected, leave, disconnected, directFeed, sweep, naiveSweep };
}

/** Present, and connected as far as LiveKit's webhooks told. */
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

function quietRoom(
  deps: ReturnType<typeof countedDependencies>,
  crowd: readonly Person[],
): Dependencies {
  const connected = crowd.map(({ uid }) => ({
    uid,
    role: "listener" as const,
    canPublish: false,
    tracks: [],
  }));
  return {
    ...deps,
    rooms: { ...deps.rooms, look: () => Promise.resolve({ since: 0, connected }) },
  };
}
