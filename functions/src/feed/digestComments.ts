import type { Firestore } from "firebase-admin/firestore";
import { commentRef, commentsRef } from "../collections.js";
import { commentDocument } from "../contract/comments.js";
import { DIGEST_SIZE, type DigestComment } from "../contract/feed.js";
import { queries } from "../contract/queries.js";
import { select } from "../queries.js";
import { log } from "../log.js";

/** The newest visible comments, newest first. */
export async function newestComments(db: Firestore, showId: string): Promise<DigestComment[]> {
  const newest = select(commentsRef(db, showId), queries.visibleComments, false);
  const { docs } = await newest.limit(DIGEST_SIZE).withConverter(null).get();
  return docs.flatMap((comment) => readable(showId, comment.id, comment.data()) ?? []);
}

/** Null if nobody may see it: it is hidden or deleted, or cannot be parsed. */
export async function visibleComment(
  db: Firestore,
  showId: string,
  commentId: string,
): Promise<DigestComment | null> {
  const comment = await commentRef(db, showId, commentId).withConverter(null).get();
  return comment.get("hidden") === false ? readable(showId, commentId, comment.data()) : null;
}

/** Null if the schema refuses it: one such comment must not prevent the others from being published. */
function readable(showId: string, commentId: string, comment: unknown): DigestComment | null {
  const read = commentDocument.safeParse(comment);
  if (read.success) return { ...read.data, id: commentId };
  const fields = read.error.issues.map(({ path }) => path.join("."));
  log("WARNING", "comment not readable", { showId, commentId, fields });
  return null;
}
