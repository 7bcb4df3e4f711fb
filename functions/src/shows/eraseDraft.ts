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
  const show = showRef(firestore, showId);
  if ((await show.get()).exists) return;
  const beneath = await Promise.all(
    [show, stageRef(firestore, showId)].map((each) => each.listCollections()),
  );
  await Promise.all(beneath.flat().map((collection) => firestore.recursiveDelete(collection)));
}
