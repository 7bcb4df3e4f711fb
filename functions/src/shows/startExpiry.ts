import type { Firestore, Timestamp, Transaction } from "firebase-admin/firestore";
import { stageRef } from "../collections.js";
import type { StageDocument } from "../contract/stage.js";

/**
 * For a show that is over at `now`, in the transaction that says so: `expireData` counts from then on how long what is beneath
 * it has been kept. Without it, a cancelled show would keep its playlist and its word filter for ever.
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
