import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { arrivingParticipant } from "../../src/audience/arrivingParticipant.js";
import { leaseRef, participantRef } from "../../src/collections.js";

/**
 * Adds `size` listeners to a show, with leases until `aliveUntil` (ms since the epoch) or, with
 * null, connected: the first of them since 0, the next since 1, and so on. Returns their uids in order.
 */
export async function crowdIn(
  firestore: Firestore,
  showId: string,
  size: number,
  aliveUntil: number | null,
): Promise<string[]> {
  const writer = firestore.bulkWriter();
  writer.onWriteError(() => false);
  const now = Timestamp.now();
  const uids = Array.from({ length: size }, (_, index) => `spotify_crowd_${1_000_000 + index}`);
  for (const [index, uid] of uids.entries()) {
    const card = { displayName: uid, photoUrl: null };
    void writer.set(
      participantRef(firestore, showId, uid),
      arrivingParticipant(uid, card, "", now),
    );
    void writer.set(leaseRef(firestore, showId, uid), {
      uid,
      aliveUntil: aliveUntil === null ? null : Timestamp.fromMillis(aliveUntil),
      connectedSince: aliveUntil === null ? index : null,
      expiresAt: Timestamp.fromMillis(now.toMillis() + 3_600_000),
    });
  }
  await writer.close();
  return uids;
}
