import type { QueryDocumentSnapshot } from "firebase-admin/firestore";
import { convergePerson } from "../audio/convergePerson.js";
import type { Room } from "../ports/audioRooms.js";
import { activityRef, leasesRef } from "../collections.js";
import type { LeaseDocument } from "../contract/audience.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { writeLease } from "./lease.js";
import { markLost } from "./markLost.js";

const PAGE = 200;

type Needs = Pick<Dependencies, "firestore" | "clock" | "rooms" | "presenceGraceMs">;

/**
 * Marks absent whoever shows no sign of life any more, and repairs the leases whose webhooks were lost.
 * It reads the leases that are over, and of the others their number alone: a quiet show costs the same
 * with ten listeners and with ten thousand.
 */
export async function sweepPresence(deps: Needs, showId: string, room: Room): Promise<void> {
  const connected = new Set(room.connected.map(({ uid }) => uid));
  await sweepExpired(deps, showId, connected);
  // In a room that was made anew people are on their way back: their leases stand for a while.
  if (deps.clock.now() - room.since < deps.presenceGraceMs) return;
  await expireUnconnected(deps, showId, connected);
}

/** Every page is smaller than the last: whoever is looked at gets a new lease, or none. */
async function sweepExpired(
  deps: Needs,
  showId: string,
  connected: ReadonlySet<string>,
): Promise<void> {
  const startedAt = new Date(deps.clock.now());
  const expired = select(leasesRef(deps.firestore, showId), queries.expiredLeases, startedAt).limit(
    PAGE,
  );
  for (;;) {
    const { docs } = await expired.get();
    const seenAt = await heartbeats(
      deps,
      showId,
      docs.map(({ id }) => id).filter((uid) => !connected.has(uid)),
    );
    await Promise.all(docs.map((lease) => sweepLease(deps, showId, lease, connected, seenAt)));
    if (docs.length < PAGE) return;
  }
}

async function sweepLease(
  deps: Needs,
  showId: string,
  lease: QueryDocumentSnapshot<LeaseDocument>,
  connected: ReadonlySet<string>,
  seenAt: ReadonlyMap<string, number>,
): Promise<void> {
  const uid = lease.id;
  if (connected.has(uid)) {
    // Either the webhook of their joining was lost, or they are in the room and not in the show.
    const granted = await convergePerson(deps, showId, uid);
    if (granted) await renew(deps, showId, lease, null);
    else await markLost(deps, showId, uid);
    return;
  }
  const aliveUntil = (seenAt.get(uid) ?? -Infinity) + deps.presenceGraceMs;
  if (aliveUntil > deps.clock.now()) await renew(deps, showId, lease, aliveUntil);
  else await markLost(deps, showId, uid);
}

/** When each of them last gave a sign of life (ms since the epoch). */
async function heartbeats(
  { firestore }: Needs,
  showId: string,
  uids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (uids.length === 0) return new Map();
  const refs = uids.map((uid) => activityRef(firestore, showId, uid));
  const activities = await readTogether(firestore, ...refs);
  return new Map(
    activities.flatMap((activity) => {
      const seenAt = activity.data()?.seenAt;
      return seenAt ? [[activity.id, seenAt.toMillis()] as const] : [];
    }),
  );
}

/**
 * Where more leases say "connected" than LiveKit has participants, the webhooks of some departures were
 * lost. Looks for them page by page, until as many are found as are missing.
 */
async function expireUnconnected(
  deps: Needs,
  showId: string,
  connected: ReadonlySet<string>,
): Promise<void> {
  const db = deps.firestore;
  const alive = select(leasesRef(db, showId), queries.connectedLeases, null);
  let missing = (await alive.count().get()).data().count - connected.size;
  let page = alive.limit(PAGE);
  while (missing > 0) {
    const { docs } = await page.get();
    const gone = docs.filter(({ id }) => !connected.has(id));
    const aliveUntil = deps.clock.now() + deps.presenceGraceMs;
    await Promise.all(gone.map((lease) => renew(deps, showId, lease, aliveUntil)));
    missing -= gone.length;
    const last = docs.at(-1);
    if (!last || docs.length < PAGE) return;
    page = alive.startAfter(last).limit(PAGE);
  }
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
