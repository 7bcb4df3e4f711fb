import {
  FieldValue,
  Timestamp,
  type DocumentSnapshot,
  type Transaction,
} from "firebase-admin/firestore";
import { feedRef, stageRef } from "../collections.js";
import type { ShowDocument } from "../contract/shows.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";
import { concludeShow } from "../shows/concludeShow.js";

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
): Promise<void> {
  const db = deps.firestore;
  const { ref } = snapshot;
  const show = snapshot.data();
  if (!show || show.visibility === "taken_down") return;
  const { status, visibility } = show;
  if (status === "live" || status === "ended") {
    const [feed, stage] = await readTogether(
      transaction,
      feedRef(db, ref.id),
      stageRef(db, ref.id),
    );
    if (status === "live") {
      const live = { ref, show, feed, stage: stage.data() };
      await concludeShow(deps, transaction, live, "ended_by_admin");
    } else if (stage.exists) {
      // If the stage is gone, the participants have been deleted as well.
      transaction.update(stage.ref, { cleanup: "pending" });
    }
  }
  const isAhead = status === "draft" || status === "scheduled";
  transaction.update(ref, {
    visibility: "taken_down",
    takenDown: { reportId, visibility, status },
    ...(isAhead && { status: "cancelled" }),
    updatedAt: Timestamp.fromMillis(deps.clock.now()),
  });
}

/**
 * Restores a show that was taken down: an unstarted show can start again, and an ended one is readable again. Those who
 * were removed stay removed.
 */
export function restoreShow(
  { clock }: Pick<Dependencies, "clock">,
  transaction: Transaction,
  show: DocumentSnapshot<ShowDocument>,
): void {
  const takenDown = show.data()?.takenDown;
  if (!takenDown) return;
  const { status, visibility } = takenDown;
  transaction.update(show.ref, {
    visibility,
    takenDown: FieldValue.delete(),
    ...((status === "draft" || status === "scheduled") && { status }),
    updatedAt: Timestamp.fromMillis(clock.now()),
  });
}
