import { FieldValue, type Firestore, type Transaction } from "firebase-admin/firestore";
import { participantsRef, stageRef } from "../collections.js";
import { Refusal } from "../errors.js";
import { queries } from "../contract/queries.js";
import { select } from "../queries.js";
import { defaultSettings, type ShowDocument } from "../contract/shows.js";

/** SPEAKER_LIMIT unless a seat is free. */
export async function assertFreeSeat(
  transaction: Transaction,
  db: Firestore,
  showId: string,
  show: ShowDocument,
): Promise<void> {
  if (await hasFreeSeat(transaction, db, showId, show)) return;
  throw new Refusal("SPEAKER_LIMIT", { maxSpeakers: seatsOf(show) });
}

/**
 * Whether a seat is free for one more speaker; the creator and cohosts take no seat. The transaction must have read
 * `stages/{showId}` before.
 */
export async function hasFreeSeat(
  transaction: Transaction,
  db: Firestore,
  showId: string,
  show: ShowDocument,
): Promise<boolean> {
  const speaking = select(participantsRef(db, showId), queries.presentByRole, "present", [
    "speaker",
  ]);
  const taken = (await transaction.get(speaking.count())).data().count;
  return taken < seatsOf(show);
}

function seatsOf({ settings }: ShowDocument): number {
  return (settings ?? defaultSettings).maxSpeakers;
}

/** Everybody who takes a seat writes the same document, so one of two simultaneous transactions counts again. */
export function takeSeat(transaction: Transaction, db: Firestore, showId: string): void {
  transaction.set(stageRef(db, showId), { seating: FieldValue.increment(1) }, { merge: true });
}
