import { Timestamp } from "firebase-admin/firestore";
import { commentRef, showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";

/**
 * Takes the pin off a comment that nobody can see any more. Asks what holds now, not what an event
 * said: nothing happens when the comment is visible again or another is pinned.
 */
export async function unpinComment(
  deps: Pick<Dependencies, "firestore" | "clock">,
  showId: string,
  commentId: string,
): Promise<void> {
  const db = deps.firestore;
  await db.runTransaction(async (transaction) => {
    const [showSnapshot, commentSnapshot] = await readTogether(
      transaction,
      showRef(db, showId),
      commentRef(db, showId, commentId),
    );
    if (showSnapshot.data()?.pinnedCommentId !== commentId) return;
    if (commentSnapshot.data()?.hidden === false) return;
    transaction.update(showSnapshot.ref, {
      pinnedCommentId: null,
      updatedAt: Timestamp.fromMillis(deps.clock.now()),
    });
  });
}
