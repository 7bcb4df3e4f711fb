import type { Firestore } from "firebase-admin/firestore";
import { showRef, stageRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";

/**
 * Deletes everything beneath a draft whose creator deleted it, such as its playlist, which Firestore leaves
 * behind. Safe to repeat. Of a show that exists it deletes nothing.
 */
export async function eraseDraft(
  { firestore }: Pick<Dependencies, "firestore">,
  showId: string,
): Promise<void> {
  if ((await showRef(firestore, showId).get()).exists) return;
  await eraseBeneath(firestore, showId);
}

/** Deletes everything beneath a show, and not the show. */
export async function eraseBeneath(db: Firestore, showId: string): Promise<void> {
  const beneath = await Promise.all(
    [showRef(db, showId), stageRef(db, showId)].map((each) => each.listCollections()),
  );
  await Promise.all(beneath.flat().map((collection) => db.recursiveDelete(collection)));
}
