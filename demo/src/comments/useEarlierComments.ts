import { COMMENTS_PER_PAGE, type Comment } from "@ambient/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAction } from "../ambient/useAction.js";
import { useLiveShow } from "../show/ShowContext.js";
import { isBefore, pagesAfter } from "./pages.js";

/** Loads older comments, one page at a time. */
export function useEarlierComments(newest: readonly Comment[], hasEarlier: boolean) {
  const { show } = useLiveShow();
  const [pages, setPages] = useState<readonly Comment[]>([]);
  /** The show's first comment, once it has been reached. */
  const [firstId, setFirstId] = useState<string>();
  const { isPending, error, run } = useAction();
  const before = useRef(newest);
  useEffect(() => {
    const last = before.current;
    before.current = newest;
    setPages((known) => pagesAfter(known, last, newest, hasEarlier));
  }, [newest, hasEarlier]);
  const end = newest.at(-1);
  const earlier = end ? pages.filter((comment) => isBefore(comment, end)) : [];
  const oldest = earlier.at(-1) ?? end;
  return {
    comments: earlier,
    hasMore: hasEarlier && oldest !== undefined && oldest.id !== firstId,
    isPending,
    error,
    /** Applies the person's own change to a loaded comment, because loaded pages are not live. */
    revise: (id: string, revised: Comment | undefined) => {
      setPages((known) =>
        known.flatMap((comment) => (comment.id !== id ? [comment] : revised ? [revised] : [])),
      );
    },
    load() {
      if (!oldest) return;
      run(async () => {
        const page = await show.comments.before(oldest);
        if (page.length < COMMENTS_PER_PAGE) setFirstId((page.at(-1) ?? oldest).id);
        const last = before.current.at(-1);
        // Also keeps what new comments push out while the first page loads.
        const pushedOut = newest.filter((comment) => last && isBefore(comment, last));
        setPages((known) => [...(known.length > 0 ? known : pushedOut), ...page]);
      });
    },
  };
}
