import type { Firestore } from "firebase-admin/firestore";
import { summaryRef } from "../collections.js";
import { countSaves } from "./countSaves.js";

/** Brings an ended show's summary up to date with what people did in Spotify after its end. Safe to repeat. */
export async function correctSaves(db: Firestore, showId: string): Promise<void> {
  const [counted, snapshot] = await Promise.all([
    countSaves(db, showId),
    summaryRef(db, showId).get(),
  ]);
  const summary = snapshot.data();
  if (!summary || (summary.opens === counted.opens && summary.saves === counted.saves)) return;
  await snapshot.ref.update(counted);
}
