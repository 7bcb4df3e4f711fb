import { leaseRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { writeLease } from "./lease.js";

/** A person's LiveKit connection that began at `connectedAt`, in ms since the epoch, and whether it has ended. */
export interface ConnectionChange {
  readonly showId: string;
  readonly uid: string;
  readonly connectedAt: number;
  readonly isOver: boolean;
}

/**
 * Updates a person's lease with what LiveKit says about their connection. Events arrive twice, late and in any order.
 * An event about an older connection than the newest known one changes nothing, and neither does the beginning of a
 * connection whose end is known. A person without a lease is not in the show.
 */
export async function followConnection(
  deps: Pick<Dependencies, "firestore" | "clock" | "presenceGraceMs">,
  { showId, uid, connectedAt, isOver }: ConnectionChange,
): Promise<void> {
  const db = deps.firestore;
  await db.runTransaction(async (transaction) => {
    const lease = (await transaction.get(leaseRef(db, showId, uid))).data();
    if (!lease) return;
    const newest = lease.connectedSince ?? -1;
    if (connectedAt < newest || (connectedAt === newest && !isOver)) return;
    // The person has left or is absent, so the lease stays expired.
    if (isOver && lease.aliveUntil !== null && connectedAt === newest) return;
    const aliveUntil = isOver ? deps.clock.now() + deps.presenceGraceMs : null;
    writeLease(deps, transaction, { showId, uid }, aliveUntil, connectedAt);
  });
}
