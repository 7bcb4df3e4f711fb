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
    if (live) await concludeShow(deps, transaction, live, "ended_by_admin");
  } else if (status === "ended") {
    const stage = await transaction.get(stageRef(db, ref.id));
    // Without it the show's participants have been deleted, too.
    if (stage.exists) transaction.update(stage.ref, { cleanup: "pending" });
  }
  const isAhead = status === "draft" || status === "scheduled";
  transaction.update(ref, {
    visibility: "taken_down",
    takenDown: { reportId, visibility, status },
    ...(isAhead && { status: "cancelled" }),
    updatedAt: Timestamp.fromMillis(deps.clock.now()),
  });
  return true;
}

/** Undoes it, if this report did it: a show that had not started can start again, one that has ended can be read. */
export function putBack(
  { clock }: Pick<Dependencies, "clock">,
  transaction: Transaction,
  show: DocumentSnapshot<ShowDocument>,
  reportId: string,
): void {
  const takenDown = show.data()?.takenDown;
  if (takenDown?.reportId !== reportId) return;
  const { status, visibility } = takenDown;
  transaction.update(show.ref, {
    visibility,
    takenDown: FieldValue.delete(),
    ...((status === "draft" || status === "scheduled") && { status }),
    updatedAt: Timestamp.fromMillis(clock.now()),
  });
}
