import { Timestamp } from "firebase-admin/firestore";
import { stageRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";

/** A closing that takes longer was given up by who began it, whose function died (ms). */
export const CLOSING_LASTS_MS = 30_000;

/** Ends the way to music that `closing` names. False: it had ended, or another had begun. */
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
