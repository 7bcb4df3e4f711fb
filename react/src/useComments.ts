import {
  COMMENTS_PER_PAGE,
  type AmbientError,
  type Comment,
  type Show,
} from "@ambient/client/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { isBefore, pagesAfter } from "./earlierComments.js";
import { useAction } from "./useAction.js";
import { useObservable, type Observation } from "./useObservable.js";

/**
 * The comments of a show, newest first.
 *
 * @example
 * ```ts
 * const all = ({ latest, earlier }: CommentsState) => [...(latest.value ?? []), ...earlier];
 * ```
 */
export interface CommentsState {
  readonly latest: Observation<readonly Comment[]>;
  /** The older ones that `more` has loaded or that stay for a reader. They are not live. */
  readonly earlier: readonly Comment[];
  /** The pinned comment; null if none is pinned. */
  readonly pinned: Observation<Comment | null>;
  /** Loads a page of older comments; undefined if there are none. */
  readonly more: (() => void) | undefined;
  readonly isLoadingMore: boolean;
  readonly error: AmbientError | undefined;
  /** Applies the person's own change to a comment of `earlier`; undefined removes it. */
  readonly revise: (id: string, revised: Comment | undefined) => void;
}

const none: readonly Comment[] = [];

/**
 * The comments of a show, and older ones page by page. While `isReading`, because the person has scrolled away from the
 * newest, comments that new ones push out of `latest` stay in `earlier`, so that the list keeps its place. When it ends,
 * `earlier` is empty again.
 *
 * @example
 * ```ts
 * const { latest, earlier, more } = useComments(show);
 * ```
 */
export function useComments(
  show: Show,
  { isReading = false }: { readonly isReading?: boolean } = {},
): CommentsState {
  const latest = useObservable(show.comments.latest);
  const hasEarlier = useObservable(show.comments.hasEarlier).value ?? false;
  const pinned = useObservable(show.comments.pinned);
  const newest = latest.value ?? none;
  const [pages, setPages] = useState<readonly Comment[]>(none);
  /** The show's first comment, once it has been reached. */
  const [firstId, setFirstId] = useState<string>();
  const { isPending, error, run } = useAction();
  const before = useRef(newest);
  useEffect(() => {
    const last = before.current;
    before.current = newest;
    setPages((known) => pagesAfter(known, last, newest, hasEarlier, isReading));
  }, [newest, hasEarlier, isReading]);
  useEffect(() => {
    if (!isReading) setPages(none);
  }, [isReading]);
  const end = newest.at(-1);
  // Already with what `newest` has just pushed out: its row must not disappear until the effect has run.
  const loaded = pagesAfter(pages, before.current, newest, hasEarlier, isReading);
  const earlier = end ? loaded.filter((comment) => isBefore(comment, end)) : none;
  const oldest = earlier.at(-1) ?? end;
  const hasMore = hasEarlier && oldest !== undefined && oldest.id !== firstId;
  const loadMore = () => {
    if (!oldest) return;
    run(async () => {
      const page = await show.comments.before(oldest);
      if (page.length < COMMENTS_PER_PAGE) setFirstId((page.at(-1) ?? oldest).id);
      const last = before.current.at(-1);
      // Also keeps what new comments push out while the first page loads.
      const pushedOut = newest.filter((comment) => last && isBefore(comment, last));
      setPages((known) => [...(known.length > 0 ? known : pushedOut), ...page]);
    });
  };
  // The same function, so that it can be the property of a row that renders only if its comment changes.
  const revise = useCallback((id: string, revised: Comment | undefined) => {
    setPages((known) =>
      known.flatMap((comment) => (comment.id !== id ? [comment] : revised ? [revised] : [])),
    );
  }, []);
  return {
    latest,
    earlier,
    pinned,
    more: hasMore ? loadMore : undefined,
    isLoadingMore: isPending,
    error,
    revise,
  };
}
