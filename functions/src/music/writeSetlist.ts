import type { Firestore, Transaction } from "firebase-admin/firestore";
import { setlistRef } from "../collections.js";
import type { ShowPlays } from "./readShowPlays.js";

/** Keeps what an ended show played, if it played anything. */
export function writeSetlist(
  transaction: Transaction,
  db: Firestore,
  showId: string,
  { setlist }: ShowPlays,
): void {
  if (setlist.length > 0) transaction.set(setlistRef(db, showId), { tracks: setlist });
  else transaction.delete(setlistRef(db, showId));
}
