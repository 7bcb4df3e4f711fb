import type { DocumentSnapshot, Query, QueryDocumentSnapshot } from "firebase-admin/firestore";
import { warn as logWarning } from "firebase-functions/logger";
import { convergePerson } from "../audio/convergePerson.js";
import type { Room } from "../ports/audioRooms.js";
import { activityRef, leasesRef, participantRef } from "../collections.js";
import type { ActivityDocument, LeaseDocument } from "../contract/audience.js";
import { personId } from "../contract/fields.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { attemptAll, attemptInTurn } from "../attemptAll.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { writeLease } from "./lease.js";
import { markLost } from "./markLost.js";

const PAGE = 200;

type Needs = Pick<Dependencies, "firestore" | "clock" | "rooms" | "presenceGraceMs">;

/**
 * Marks absent whoever shows no sign of life any more, and repairs the leases whose webhooks were lost.
 * It reads the leases that are over, and of the others their number alone: a quiet show costs the same
 * with ten listeners and with ten thousand. Somebody who cannot be repaired keeps nobody else from it: what
 * failed is thrown at the end. At `stopAt` (ms since the epoch) it leaves the rest to the next sweep, which
 * does not find again whoever is repaired.
 */
export async function sweepPresence(
  deps: Needs,
  showId: string,
  room: Room,
  stopAt = Infinity,
): Promise<void> {
  const connected = new Set(room.connected.map(({ uid }) => uid));
  const hasTime = () => deps.clock.now() < stopAt;
  await attemptInTurn([
    () => sweepExpired(deps, showId, connected, hasTime),
    async () => {
      // In a room that was made anew people are on their way back: their leases stand for a while.
      if (deps.clock.now() - room.since < deps.presenceGraceMs) return;
      await compareWithRoom(deps, showId, connected, hasTime);
    },
  ]);
  if (!hasTime()) logWarning("presence is left to the next sweep", { showId });
}

async function sweepExpired(
  deps: Needs,
  showId: string,
  connected: ReadonlySet<string>,
  hasTime: () => boolean,
): Promise<void> {
  const startedAt = new Date(deps.clock.now());
  const expired = select(leasesRef(deps.firestore, showId), queries.expiredLeases, startedAt);
  const sweepPage = async (leases: readonly QueryDocumentSnapshot<LeaseDocument>[]) => {
    const absent = leases.map(({ id }) => id).filter((uid) => !connected.has(uid));
    const activities = await activitiesOf(deps, showId, absent);
    const sweep = (lease: QueryDocumentSnapshot<LeaseDocument>) =>
      sweepLease(deps, showId, lease, connected.has(lease.id), activities.get(lease.id));
    await attemptAll(leases, sweep);
  };
  await eachPage(expired, PAGE, sweepPage, hasTime);
}

async function sweepLease(
  deps: Needs,
  showId: string,
  lease: QueryDocumentSnapshot<LeaseDocument>,
  isConnected: boolean,
  activity: DocumentSnapshot<ActivityDocument> | undefined,
): Promise<void> {
  const uid = lease.id;
  if (isConnected) {
    if (!(await admit(deps, showId, uid))) await markLost(deps, showId, uid);
    return;
  }
  const seenAt = activity?.data()?.seenAt?.toMillis() ?? -Infinity;
  const aliveUntil = seenAt + deps.presenceGraceMs;
  if (aliveUntil > deps.clock.now()) await renew(deps, showId, lease, aliveUntil);
  else await markLost(deps, showId, uid);
}

/** With each person's last sign of life. Not parsed here: one of another shape would fail the whole page. */
async function activitiesOf(
  { firestore }: Needs,
  showId: string,
  uids: readonly string[],
): Promise<ReadonlyMap<string, DocumentSnapshot<ActivityDocument>>> {
  if (uids.length === 0) return new Map();
  const refs = uids.map((uid) => activityRef(firestore, showId, uid));
  const activities = await readTogether(firestore, ...refs);
  return new Map(activities.map((activity) => [activity.id, activity]));
}

/**
 * Where LiveKit has not as many participants as leases say "connected", webhooks were lost, or somebody is
 * in the room who is not in the show. Counts range by range, and reads only the ranges that differ.
 */
async function compareWithRoom(
  deps: Needs,
  showId: string,
  connected: ReadonlySet<string>,
  hasTime: () => boolean,
): Promise<void> {
  const leases = leasesRef(deps.firestore, showId);
  const alive = select(leases, queries.connectedLeases, null);
  if ((await countOf(alive)) === connected.size) return;
  // Firestore orders ids by their bytes, as this does: ours are ASCII.
  const uids = [...connected].filter((uid) => personId.safeParse(uid).success).sort();
  const ranges = [];
  for (let start = 0; start === 0 || start < uids.length; start += PAGE) {
    const here = uids.slice(start, start + PAGE);
    const next = uids[start + PAGE];
    const fromHere = start === 0 ? alive : alive.startAt(here[0]);
    ranges.push({ here, range: next === undefined ? fromHere : fromHere.endBefore(next) });
  }
  await attemptAll(
    ranges,
    async ({ here, range }) => {
      if (!hasTime() || (await countOf(range)) === here.length) return;
      await repairRange(deps, showId, range, here);
    },
    { atOnce: 1 },
  );
}

async function countOf(query: Query): Promise<number> {
  return (await query.count().get()).data().count;
}

/** `connected`: everybody in the room whose id is in the range. */
async function repairRange(
  deps: Needs,
  showId: string,
  range: Query<LeaseDocument>,
  connected: readonly string[],
): Promise<void> {
  const unaccounted = new Set(connected);
  await attemptInTurn([
    () =>
      eachPage(range, PAGE, async (leases) => {
        const gone = leases.filter(({ id }) => !unaccounted.delete(id));
        const aliveUntil = deps.clock.now() + deps.presenceGraceMs;
        await attemptAll(gone, (lease) => renew(deps, showId, lease, aliveUntil));
      }),
    () => attemptAll([...unaccounted], (uid) => admit(deps, showId, uid)),
  ]);
}

/**
 * For someone who is in the room though no lease says so. False: they are not in the show, and have been
 * disconnected.
 */
async function admit(deps: Needs, showId: string, uid: string): Promise<boolean> {
  const db = deps.firestore;
  const isPresent = await db.runTransaction(async (transaction) => {
    const participant = await transaction.get(participantRef(db, showId, uid));
    if (participant.data()?.state !== "present") return false;
    writeLease(deps, transaction, { showId, uid }, null);
    return true;
  });
  if (isPresent) return true;
  return (await convergePerson(deps, showId, uid)) !== null;
}

/** Unless somebody else has written the lease since it was read. */
async function renew(
  deps: Needs,
  showId: string,
  lease: QueryDocumentSnapshot<LeaseDocument>,
  aliveUntil: number | null,
): Promise<void> {
  const db = deps.firestore;
  await db.runTransaction(async (transaction) => {
    const current = await transaction.get(lease.ref);
    if (current.updateTime?.isEqual(lease.updateTime) !== true) return;
    writeLease(deps, transaction, { showId, uid: lease.id }, aliveUntil);
  });
}
