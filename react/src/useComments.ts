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
  /** The older ones that `more` has loaded or that were kept while the person reads. They are not live. */
  readonly earlier: readonly Comment[];
  /** The pinned comment; null if none is pinned. */
  readonly pinned: Observation<Comment | null>;
  /** Loads a page of older comments, or again the one that failed; undefined if there are none. */
  readonly more: (() => void) | undefined;
  readonly isLoadingMore: boolean;
  readonly error: AmbientError | undefined;
  /** Applies the person's own change to a comment of `earlier`; undefined removes it. */
  readonly updateEarlier: (id: string, updated: Comment | undefined) => void;
}

const none: readonly Comment[] = [];

interface Earlier {
  readonly show: Show;
  readonly pages: readonly Comment[];
  /** The show's first comment, once it has been reached. */
  readonly firstId?: string | undefined;
}

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
  const [known, setKnown] = useState<Earlier>({ show, pages: none });
  const { isPending, error, run, dismiss } = useAction();
  if (known.show !== show) {
    setKnown({ show, pages: none });
    dismiss();
  }
  /** Changes nothing once another show is on view: a page of this one may still arrive. */
  const update = useCallback(
    (change: (pages: readonly Comment[]) => readonly Comment[], firstId?: string) => {
      setKnown((last) => {
        if (last.show !== show) return last;
        const pages = change(last.pages);
        const isSame = pages === last.pages && firstId === undefined;
        return isSame ? last : { show, pages, firstId: firstId ?? last.firstId };
      });
    },
    [show],
  );
  const before = useRef(newest);
  useEffect(() => {
    const last = before.current;
    before.current = newest;
    update((pages) => pagesAfter(pages, last, newest, hasEarlier, isReading));
  }, [newest, hasEarlier, isReading, update]);
  useEffect(() => {
    if (!isReading) update(() => none);
  }, [isReading, update]);
  const end = newest.at(-1);
  // Includes what `newest` has just pushed out, so that its row does not disappear before the effect runs.
  const loaded = pagesAfter(known.pages, before.current, newest, hasEarlier, isReading);
  const earlier = end ? loaded.filter((comment) => isBefore(comment, end)) : none;
  const oldest = earlier.at(-1) ?? end;
  const shown = useRef({ newest, oldest });
  shown.current = { newest, oldest };
  // The same functions with each new comment, so that they can be properties of memoised views.
  const loadMore = useCallback(() => {
    const { newest: first, oldest: last } = shown.current;
    if (!last) return;
    run(async () => {
      const page = await show.comments.before(last);
      const firstId = page.length < COMMENTS_PER_PAGE ? (page.at(-1) ?? last).id : undefined;
      const now = before.current.at(-1);
      // Also keeps what new comments push out while the first page loads.
      const pushedOut = first.filter((comment) => now && isBefore(comment, now));
      update((pages) => [...(pages.length > 0 ? pages : pushedOut), ...page], firstId);
    });
  }, [show, run, update]);
  const updateEarlier = useCallback(
    (id: string, updated: Comment | undefined) => {
      update((pages) =>
        pages.flatMap((comment) => (comment.id !== id ? [comment] : updated ? [updated] : [])),
      );
    },
    [update],
  );
  const hasMore = hasEarlier && oldest !== undefined && oldest.id !== known.firstId;
  return {
    latest,
    earlier,
    pinned,
    more: hasMore ? loadMore : undefined,
    isLoadingMore: isPending,
    error,
    updateEarlier,
  };
}
