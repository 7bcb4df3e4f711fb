import { Timestamp } from "firebase-admin/firestore";
import { leaseRef, participantRef, showRef, speakRequestRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";
import { move } from "../stage/move.js";

/**
 * Marks a person `lost` whose lease has expired, and ends the lease. A person who has returned in the meantime has a new
 * lease and stays. After the end of the show nobody is marked, so that the people who were there can still read it.
 */
export async function markLost(
  deps: Pick<Dependencies, "firestore" | "clock">,
  showId: string,
  uid: string,
): Promise<void> {
  const db = deps.firestore;
  await db.runTransaction(async (transaction) => {
    const [show, participant, request, lease] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, uid),
      speakRequestRef(db, showId, uid),
      leaseRef(db, showId, uid),
    );
    const aliveUntil = lease.data()?.aliveUntil?.toMillis() ?? Infinity;
    const now = deps.clock.now();
    if (aliveUntil > now || show.data()?.status !== "live") return;
    transaction.delete(lease.ref);
    if (participant.data()?.state !== "present") return;
    const at = Timestamp.fromMillis(now);
    move(transaction, db, showId, { participant, request }, "lose", { by: uid, now: at });
  });
}
