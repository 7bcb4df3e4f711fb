import { type Firestore, Timestamp, type QueryDocumentSnapshot } from "firebase-admin/firestore";
import { commentsRef } from "../collections.js";
import type { CommentDocument } from "../contract/comments.js";
import { DIGEST_SIZE, type DigestComment } from "../contract/feed.js";
import { queries } from "../contract/queries.js";
import { select } from "../queries.js";

/** A comment may be committed a little after the moment that it carries (ms). */
const LATE_MS = 1_000;

/** The newest visible comments, newest first. */
export async function newestComments(db: Firestore, showId: string): Promise<DigestComment[]> {
  const newest = select(commentsRef(db, showId), queries.visibleComments, false);
  return (await newest.limit(DIGEST_SIZE).get()).docs.map(digestCommentOf);
}

/** The same from a digest that was right a moment ago: reads only what is new since. */
export async function withNewComments(
  db: Firestore,
  showId: string,
  known: readonly DigestComment[],
): Promise<DigestComment[]> {
  const [newest] = known;
  if (!newest) return newestComments(db, showId);
  const since = Timestamp.fromMillis(newest.createdAt.toMillis() - LATE_MS);
  const query = select(commentsRef(db, showId), queries.visibleCommentsSince, false, since);
  const found = (await query.limit(DIGEST_SIZE).get()).docs.map(digestCommentOf);
  const ids = new Set(found.map(({ id }) => id));
  return [...found, ...known.filter(({ id }) => !ids.has(id))]
    .sort((a, b) => b.createdAt.toMillis() - a.createdAt.toMillis())
    .slice(0, DIGEST_SIZE);
}

function digestCommentOf(comment: QueryDocumentSnapshot<CommentDocument>): DigestComment {
  return { ...comment.data(), id: comment.id };
}
