import type { Firestore } from "firebase-admin/firestore";
import { summaryRef } from "../collections.js";
import type { ShowSummary } from "../contract/shows.js";
import { countSaves } from "./countSaves.js";

/**
 * Raises an ended show's summary to what people did in Spotify after its end. Safe to repeat, and an older count that is
 * written late changes nothing. The numbers never fall: who it was is forgotten with an account and after the retention
 * period, and the totals stay.
 */
export async function correctSaves(db: Firestore, showId: string): Promise<void> {
  const ref = summaryRef(db, showId);
  const isRisen = ({ opens = 0, saves = 0 }: ShowSummary) =>
    counted.opens > opens || counted.saves > saves;
  const [counted, stored] = await Promise.all([countSaves(db, showId), ref.get()]);
  const before = stored.data();
  if (!before || !isRisen(before)) return;
  await db.runTransaction(async (transaction) => {
    const summary = (await transaction.get(ref)).data();
    if (!summary || !isRisen(summary)) return;
    const { opens = 0, saves = 0 } = summary;
    transaction.update(ref, {
      opens: Math.max(opens, counted.opens),
      saves: Math.max(saves, counted.saves),
    });
  });
}
