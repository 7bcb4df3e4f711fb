import { Timestamp } from "firebase-admin/firestore";
import { commentRef, feedRef, showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";

/**
 * Takes a comment that nobody may see any more out of the digest, and the pin off it. Asks what holds now,
 * not what an event said: nothing happens when the comment is visible again.
 */
export async function withdrawComment(
  deps: Pick<Dependencies, "firestore" | "clock">,
  showId: string,
  commentId: string,
): Promise<void> {
  const db = deps.firestore;
  await db.runTransaction(async (transaction) => {
    const [show, comment, feedSnapshot] = await readTogether(
      transaction,
      showRef(db, showId),
      commentRef(db, showId, commentId),
      feedRef(db, showId),
    );
    if (comment.data()?.hidden === false) return;
    const updatedAt = Timestamp.fromMillis(deps.clock.now());
    if (show.data()?.pinnedCommentId === commentId) {
      transaction.update(show.ref, { pinnedCommentId: null, updatedAt });
    }
    const feed = feedSnapshot.data();
    const comments = feed?.comments.filter(({ id }) => id !== commentId) ?? [];
    const pinned = feed?.pinned?.id === commentId ? null : (feed?.pinned ?? null);
    if (feed && (comments.length < feed.comments.length || pinned !== feed.pinned)) {
      transaction.update(feedSnapshot.ref, { comments, pinned, updatedAt });
    }
  });
}
