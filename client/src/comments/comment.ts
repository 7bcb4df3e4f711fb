import type { CommentDocument } from "../../../functions/src/contract/comments.js";

/**
 * A comment and its id.
 *
 * @example
 * ```ts
 * const line = ({ author, text }: Comment) => `${author.displayName}: ${text}`;
 * ```
 */
export interface Comment extends CommentDocument {
  readonly id: string;
}

/**
 * The largest size of `latest`, and the default size of a page of `before`.
 *
 * @example
 * ```ts
 * const isLast = (page: readonly Comment[]) => page.length < COMMENTS_PER_PAGE;
 * ```
 */
export const COMMENTS_PER_PAGE = 50;
