import { COMMENTS_PER_PAGE, type Comment } from "@ambient/client";

/**
 * The pages that were loaded, once there are new comments: what these push out of the newest ones stands
 * before the pages. Where so many came at once that nothing joins them, the pages begin anew.
 */
export function pagesAfter(
  pages: readonly Comment[],
  before: readonly Comment[],
  newest: readonly Comment[],
): readonly Comment[] {
  const end = newest.at(-1);
  if (pages.length === 0 || !end || newest.length < COMMENTS_PER_PAGE) return pages;
  const ids = new Set(newest.map(({ id }) => id));
  if (!before.some(({ id }) => ids.has(id))) return [];
  const pushedOut = before.filter((comment) => isBefore(comment, end));
  return pushedOut.length === 0 ? pages : [...pushedOut, ...pages];
}

/** Of two of the same moment the id decides, as in Firestore's order. */
export function isBefore(comment: Comment, other: Comment): boolean {
  const [at, otherAt] = [comment.createdAt.toMillis(), other.createdAt.toMillis()];
  return at < otherAt || (at === otherAt && comment.id < other.id);
}
