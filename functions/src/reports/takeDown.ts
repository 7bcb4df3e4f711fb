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
import type { ShowTotals } from "../shows/showTotals.js";
import { startExpiry } from "../shows/startExpiry.js";

/**
 * Takes a show down, within the caller's transaction and before its other writes. A live show ends, and one that has
 * not started is cancelled. It disappears from all lists, and only its creator and admins can read it; `cleanUpShow` then
 * removes the participants. A show that another report took down keeps that decision.
 */
export async function takeDown(
  deps: Pick<Dependencies, "firestore" | "clock">,
  transaction: Transaction,
  snapshot: DocumentSnapshot<ShowDocument>,
  reportId: string,
  totals: ShowTotals,
): Promise<void> {
  const db = deps.firestore;
  const { ref } = snapshot;
  const show = snapshot.data();
  if (!show || show.visibility === "taken_down") return;
  const { status } = show;
  const visibility = show.visibility === "withheld" ? "public" : show.visibility;
  if (status === "live") {
    const live = await readLiveShow(transaction, db, ref.id);
    if (live) await concludeShow(deps, transaction, live, "ended_by_admin", totals);
  } else if (status === "ended") {
    const stage = await transaction.get(stageRef(db, ref.id));
    // If it is missing, the show's participants have been deleted as well.
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
}

/**
 * Restores a show that was taken down: an unstarted show can start again and does not expire, and an ended one is readable
 * again. Those who were removed stay removed.
 */
export function restoreShow(
  { firestore, clock }: Pick<Dependencies, "firestore" | "clock">,
  transaction: Transaction,
  show: DocumentSnapshot<ShowDocument>,
): void {
  const takenDown = show.data()?.takenDown;
  if (!takenDown) return;
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
