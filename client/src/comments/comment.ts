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
 * How many comments `latest` has at most, and a page of `before` unless another size is asked for.
 *
 * @example
 * ```ts
 * const mayHaveMore = (latest: readonly Comment[]) => latest.length >= COMMENTS_PER_PAGE;
 * ```
 */
export const COMMENTS_PER_PAGE = 50;
