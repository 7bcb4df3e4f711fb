import type { DocumentSnapshot, Query, QueryDocumentSnapshot } from "firebase-admin/firestore";
import { convergePerson } from "../audio/convergePerson.js";
import type { Room } from "../ports/audioRooms.js";
import { activityRef, leaseRef, leasesRef, participantRef } from "../collections.js";
import type { ActivityDocument, LeaseDocument } from "../contract/audience.js";
import { personId } from "../contract/fields.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { attemptAll, attemptInTurn } from "../attemptAll.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { writeLease } from "../presence/lease.js";
import { markLost } from "./markLost.js";

const PAGE = 200;

/** A webhook that has not arrived after this time, which allows for a cold start and LiveKit's retries, is lost. In ms. */
const WEBHOOK_LATE_MS = 30_000;

type PresenceDependencies = Pick<Dependencies, "firestore" | "clock" | "rooms" | "presenceGraceMs">;

/**
 * Marks people absent whose lease has expired, and repairs the leases whose webhooks were lost.
 * It reads the expired leases, and only counts the others: a quiet show costs the same with ten listeners
 * and with ten thousand. A participant who cannot be repaired does not delay the others: failures are thrown at the
 * end. When `hasTime` returns false, a later sweep does the rest. Its query does not return the people who have been
 * repaired already.
 */
export async function sweepPresence(
  deps: PresenceDependencies,
  showId: string,
  room: Room,
  hasTime: () => boolean,
): Promise<void> {
  const connected = new Map(room.connected.map(({ uid, connectedAt }) => [uid, connectedAt]));
  await attemptInTurn([
    () => sweepExpired(deps, showId, connected, hasTime),
    async () => {
      // People are still returning to a recreated room, so their leases stay valid for a while.
      if (deps.clock.now() - room.since < deps.presenceGraceMs) return;
      await compareWithRoom(deps, showId, connected, hasTime);
    },
  ]);
}

/** By uid: when the connection of each person in the room began, in ms since the epoch. */
type Connections = ReadonlyMap<string, number>;

async function sweepExpired(
  deps: PresenceDependencies,
  showId: string,
  connected: Connections,
  hasTime: () => boolean,
): Promise<void> {
  const startedAt = new Date(deps.clock.now());
  const expired = select(leasesRef(deps.firestore, showId), queries.expiredLeases, startedAt);
  const sweepPage = async (leases: readonly QueryDocumentSnapshot<LeaseDocument>[]) => {
    const absent = leases.map(({ id }) => id).filter((uid) => !connected.has(uid));
    const activities = await activitiesOf(deps, showId, absent);
    const sweep = (lease: QueryDocumentSnapshot<LeaseDocument>) =>
      sweepLease(deps, showId, lease, connected.get(lease.id), activities.get(lease.id));
    await attemptAll(leases, sweep);
  };
  await eachPage(expired, PAGE, sweepPage, hasTime);
}

async function sweepLease(
  deps: PresenceDependencies,
  showId: string,
  lease: QueryDocumentSnapshot<LeaseDocument>,
  connectedAt: number | undefined,
  activity: DocumentSnapshot<ActivityDocument> | undefined,
): Promise<void> {
  const uid = lease.id;
  if (connectedAt !== undefined) {
    if (!(await admit(deps, showId, uid, connectedAt))) await markLost(deps, showId, uid);
    return;
  }
  const seenAt = activity?.data()?.seenAt?.toMillis() ?? -Infinity;
  const aliveUntil = seenAt + deps.presenceGraceMs;
  if (aliveUntil > deps.clock.now()) await renew(deps, showId, lease, aliveUntil);
  else await markLost(deps, showId, uid);
}

/**
 * With each person's last heartbeat. Not parsed here, because one document of another shape would fail the whole
 * page.
 */
async function activitiesOf(
  { firestore }: PresenceDependencies,
  showId: string,
  uids: readonly string[],
): Promise<ReadonlyMap<string, DocumentSnapshot<ActivityDocument>>> {
  if (uids.length === 0) return new Map();
  const refs = uids.map((uid) => activityRef(firestore, showId, uid));
  const activities = await readTogether(firestore, ...refs);
  return new Map(activities.map((activity) => [activity.id, activity]));
}

/**
 * If LiveKit's number of participants differs from the number of connected leases, webhooks were lost, or somebody is
 * in the room who is not in the show. Counts range by range, and reads only the ranges that differ. The ranges are of
 * the times at which connections began, and the newest connections are left out, because their webhooks may still
 * arrive. So a show that people keep joining costs little more than a quiet one.
 */
async function compareWithRoom(
  deps: PresenceDependencies,
  showId: string,
  connected: Connections,
  hasTime: () => boolean,
): Promise<void> {
  const latest = deps.clock.now() - WEBHOOK_LATE_MS;
  const settled = [...connected]
    .filter(([uid, connectedAt]) => personId.safeParse(uid).success && connectedAt <= latest)
    .sort(([, a], [, b]) => a - b);
  const leases = select(leasesRef(deps.firestore, showId), queries.connectedLeases, null).endAt(
    latest,
  );
  if ((await countOf(leases)) === settled.length) return;
  await attemptAll(
    rangesOf(settled),
    async ({ from, to, here }) => {
      const fromHere = from === -Infinity ? leases : leases.startAt(from);
      const range = to === Infinity ? fromHere : fromHere.endBefore(to);
      if (!hasTime() || (await countOf(range)) === here.length) return;
      await repairRange(deps, showId, range, new Map(here), connected, hasTime);
    },
    { atOnce: 1 },
  );
}

interface Range {
  /** Milliseconds since the epoch. */
  readonly from: number;
  /** Milliseconds since the epoch, exclusive. */
  readonly to: number;
  readonly here: readonly (readonly [uid: string, connectedAt: number])[];
}

/** Splits connections, the oldest first, into ranges of about a page each. Equal times are never split. */
function rangesOf(connections: Range["here"]): readonly Range[] {
  const ranges: Range[] = [];
  let from = -Infinity;
  let first = 0;
  connections.forEach(([, connectedAt], index) => {
    if (index - first < PAGE || connectedAt === connections[index - 1]?.[1]) return;
    ranges.push({ from, to: connectedAt, here: connections.slice(first, index) });
    from = connectedAt;
    first = index;
  });
  return [...ranges, { from, to: Infinity, here: connections.slice(first) }];
}

async function countOf(query: Query): Promise<number> {
  return (await query.count().get()).data().count;
}

/** `here`: everybody in the room whose connection began in the range. */
async function repairRange(
  deps: PresenceDependencies,
  showId: string,
  range: Query<LeaseDocument>,
  here: Connections,
  connected: Connections,
  hasTime: () => boolean,
): Promise<void> {
  const unaccounted = new Map(here);
  const repairPage = async (leases: readonly QueryDocumentSnapshot<LeaseDocument>[]) => {
    const gone = leases.filter(({ id }) => !unaccounted.delete(id) && !connected.has(id));
    const aliveUntil = deps.clock.now() + deps.presenceGraceMs;
    await attemptAll(gone, (lease) => renew(deps, showId, lease, aliveUntil));
  };
  await attemptInTurn([
    () => eachPage(range, PAGE, repairPage, hasTime),
    async () => {
      // After a page that was left out, some of them may have a lease.
      if (!hasTime()) return;
      await attemptAll([...unaccounted], ([uid, connectedAt]) =>
        admit(deps, showId, uid, connectedAt),
      );
    },
  ]);
}

/**
 * Handles a person who is in the room without a connected lease. False: they are not in the show, and have been disconnected.
 */
async function admit(
  deps: PresenceDependencies,
  showId: string,
  uid: string,
  connectedAt: number,
): Promise<boolean> {
  const db = deps.firestore;
  const isPresent = await db.runTransaction(async (transaction) => {
    const [participant, lease] = await readTogether(
      transaction,
      participantRef(db, showId, uid),
      leaseRef(db, showId, uid),
    );
    if (participant.data()?.state !== "present") return false;
    // The room may have been listed before a newer connection, whose end must count.
    const newest = Math.max(connectedAt, lease.data()?.connectedSince ?? 0);
    writeLease(deps, transaction, { showId, uid }, null, newest);
    return true;
  });
  if (isPresent) return true;
  return (await convergePerson(deps, showId, uid)) !== null;
}

/** Unless somebody else has written the lease since it was read. */
async function renew(
  deps: PresenceDependencies,
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
