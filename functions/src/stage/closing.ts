import { Timestamp } from "firebase-admin/firestore";
import { stageRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";

/** How long a closing may take, in ms. After that, the call that began it has crashed. */
export const CLOSING_LASTS_MS = 30_000;

/** Ends the closing that `closing` names. False: it had ended, or another had begun. */
export async function dropClosing(
  { firestore, clock }: Pick<Dependencies, "firestore" | "clock">,
  showId: string,
  closing: string,
): Promise<boolean> {
  return firestore.runTransaction(async (transaction) => {
    const stage = await transaction.get(stageRef(firestore, showId));
    if (stage.data()?.closing?.id !== closing) return false;
    const permissionsChangedAt = Timestamp.fromMillis(clock.now());
    transaction.set(stage.ref, { closing: null, permissionsChangedAt }, { merge: true });
    return true;
  });
}
