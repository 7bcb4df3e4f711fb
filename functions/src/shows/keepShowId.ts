import { Timestamp } from "firebase-admin/firestore";
import { showIdRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";

/**
 * Records that a show has had this id. The rules refuse another draft under it, so that nobody takes over
 * the links to a draft that was deleted.
 */
export async function keepShowId(
  { firestore, clock }: Pick<Dependencies, "firestore" | "clock">,
  showId: string,
): Promise<void> {
  await showIdRef(firestore, showId).set({ takenAt: Timestamp.fromMillis(clock.now()) });
}
