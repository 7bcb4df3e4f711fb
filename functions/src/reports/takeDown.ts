import {
  FieldValue,
  Timestamp,
  type DocumentSnapshot,
  type Transaction,
} from "firebase-admin/firestore";
import { stageRef } from "../collections.js";
import type { ShowDocument } from "../contract/shows.js";
import type { Dependencies } from "../dependencies.js";
import { concludeShow, readLiveShow } from "../shows/concludeShow.js";
import { readTotals } from "../shows/showTotals.js";
import { startExpiry } from "../shows/startExpiry.js";

/**
 * Takes a show down, within the caller's transaction and before its other writes. A live show ends, and one that has
 * not started is cancelled. Not in any list any more, it can be read by its creator and admins alone; whoever was there
 * is removed afterwards by `cleanUpShow`. False: there is nothing to take down, or another report already did.
 */
export async function takeDown(
  deps: Pick<Dependencies, "firestore" | "clock">,
  transaction: Transaction,
  snapshot: DocumentSnapshot<ShowDocument>,
  reportId: string,
): Promise<boolean> {
  const db = deps.firestore;
  const { ref } = snapshot;
  const show = snapshot.data();
  if (!show || show.visibility === "taken_down") return false;
  const { status, visibility } = show;
  if (status === "live") {
    const live = await readLiveShow(transaction, db, ref.id);
    if (live) {
      // Rarely enough, so that nobody minds waiting for the count.
      const totals = await readTotals(db, ref.id);
      await concludeShow(deps, transaction, live, "ended_by_admin", totals);
    }
  } else if (status === "ended") {
    const stage = await transaction.get(stageRef(db, ref.id));
    // Without it the show's participants have been deleted, too.
    if (stage.exists) transaction.update(stage.ref, { cleanup: "pending" });
  }
  const now = Timestamp.fromMillis(deps.clock.now());
  const isAhead = status === "draft" || status === "scheduled";
  transaction.update(ref, {
    visibility: "taken_down",
    takenDown: { reportId, visibility, status },
    ...(isAhead && { status: "cancelled" }),
    updatedAt: now,
  });
  if (isAhead) startExpiry(transaction, db, ref.id, now);
  return true;
}

/**
 * Undoes it, if this report did it: a show that had not started can start again and does not expire, one that has ended can be
 * read.
 */
export function putBack(
  { firestore, clock }: Pick<Dependencies, "firestore" | "clock">,
  transaction: Transaction,
  show: DocumentSnapshot<ShowDocument>,
  reportId: string,
): void {
  const takenDown = show.data()?.takenDown;
  if (takenDown?.reportId !== reportId) return;
  const { status, visibility } = takenDown;
  const isAhead = status === "draft" || status === "scheduled";
  transaction.update(show.ref, {
    visibility,
    takenDown: FieldValue.delete(),
    ...(isAhead && { status }),
    updatedAt: Timestamp.fromMillis(clock.now()),
  });
  // Until a show starts, its stage says nothing but since when the show is over.
  if (isAhead) transaction.delete(stageRef(firestore, show.id));
}
