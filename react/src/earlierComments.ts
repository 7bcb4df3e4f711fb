import type { Comment } from "@ambient/client/core";

/**
 * Adds comments that new ones pushed out of the newest list to the front of the loaded pages, or of none if the person
 * is reading. If so many arrived that there is a gap, the pages start over.
 */
export function pagesAfter(
  pages: readonly Comment[],
  before: readonly Comment[],
  newest: readonly Comment[],
  hasEarlier: boolean,
  isReading = false,
): readonly Comment[] {
  const end = newest.at(-1);
  if ((pages.length === 0 && !isReading) || !end || !hasEarlier) return pages;
  const ids = new Set(newest.map(({ id }) => id));
  if (!before.some(({ id }) => ids.has(id))) return [];
  const pushedOut = before.filter((comment) => isBefore(comment, end));
  return pushedOut.length === 0 ? pages : [...pushedOut, ...pages];
}

/** Comments with the same timestamp are ordered by id, as in Firestore. */
export function isBefore(comment: Comment, other: Comment): boolean {
  const [at, otherAt] = [comment.createdAt.toMillis(), other.createdAt.toMillis()];
  return at < otherAt || (at === otherAt && comment.id < other.id);
}
