import type { Firestore, Timestamp, Transaction } from "firebase-admin/firestore";
import { stageRef } from "../collections.js";
import type { StageDocument } from "../contract/stage.js";

/**
 * For a show that is over at `now`, in the transaction that says so. From now on, `expireData` counts how long the show's
 * subcollections have been kept. Without it, a cancelled show would keep its playlist and its word filter for ever.
 */
export function startExpiry(
  transaction: Transaction,
  db: Firestore,
  showId: string,
  now: Timestamp,
  changes: Pick<Partial<StageDocument>, "cleanup"> = {},
): void {
  const times = { conversationSince: now, playsSince: now };
  transaction.set(stageRef(db, showId), { ...times, ...changes }, { merge: true });
}
