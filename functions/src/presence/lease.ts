import { type DocumentSnapshot, type Firestore, Timestamp } from "firebase-admin/firestore";
import { leaseRef } from "../collections.js";
import type { LeaseDocument } from "../contract/audience.js";
import type { Dependencies } from "../dependencies.js";

/** How long an unchanged lease is kept, in ms, before Firestore deletes it. Its show is long over by then. */
const KEPT_MS = 7 * 24 * 3_600_000;

/** A transaction, a batch or a bulk writer. */
interface Writer {
  set(
    ref: ReturnType<typeof leaseRef>,
    fields: Partial<LeaseDocument>,
    options: { merge: true },
  ): unknown;
}

/**
 * Counts a person as present until `aliveUntil`, in ms since the epoch, or with null for as long as LiveKit says that
 * they are connected. A person who has left has an expired lease, so that the sweep also checks that they have left
 * the audio room.
 */
export function writeLease(
  { firestore, clock }: Pick<Dependencies, "clock"> & { readonly firestore: Firestore },
  writer: Writer,
  { showId, uid }: { readonly showId: string; readonly uid: string },
  aliveUntil: number | null,
  connectedSince?: number,
): void {
  writer.set(
    leaseRef(firestore, showId, uid),
    {
      uid,
      aliveUntil: aliveUntil === null ? null : Timestamp.fromMillis(aliveUntil),
      expiresAt: Timestamp.fromMillis(clock.now() + KEPT_MS),
      ...(connectedSince !== undefined && { connectedSince }),
    },
    { merge: true },
  );
}

/**
 * Whether LiveKit says that the person is connected. It also reports when the connection ends, so such a lease does
 * not expire; if that event is lost, the sweep notices.
 */
export function isConnected(lease: DocumentSnapshot<LeaseDocument>): boolean {
  return lease.data()?.aliveUntil === null;
}
