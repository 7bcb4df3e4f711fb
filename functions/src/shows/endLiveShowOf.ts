import { liveShowRef } from "../collections.js";
import type { EndReason } from "../contract/shows.js";
import type { Dependencies } from "../dependencies.js";
import { cleanUpNow, concludeShow, readLiveShow } from "./concludeShow.js";
import { readTotals } from "./showTotals.js";

/** Ends a creator's live show, if there is one. Safe to repeat. */
export async function endLiveShowOf(
  deps: Pick<
    Dependencies,
    "firestore" | "clock" | "rooms" | "tasks" | "audienceIntervalMs" | "digestIntervalMs"
  >,
  creatorUid: string,
  endReason: EndReason,
): Promise<void> {
  const db = deps.firestore;
  const showId = (await liveShowRef(db, creatorUid).get()).data()?.showId;
  if (showId === undefined) return;
  const totals = await readTotals(db, showId);
  const hasEnded = await db.runTransaction(async (transaction) => {
    const live = await readLiveShow(transaction, db, showId);
    if (live?.show.creatorUid !== creatorUid) return false;
    await concludeShow(deps, transaction, live, endReason, totals);
    return true;
  });
  if (hasEnded) await cleanUpNow(deps, showId);
}
