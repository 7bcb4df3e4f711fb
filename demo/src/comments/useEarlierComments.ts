import { COMMENTS_PER_PAGE, type Comment } from "@ambient/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAction } from "../ambient/useAction.js";
import { useLiveShow } from "../show/ShowContext.js";
import { isBefore, pagesAfter } from "./pages.js";

/** What was said before the newest comments, a page at a time. */
export function useEarlierComments(newest: readonly Comment[]) {
  const { show } = useLiveShow();
  const [pages, setPages] = useState<readonly Comment[]>([]);
  /** The show's first comment, before which there is none. */
  const [firstId, setFirstId] = useState<string>();
  const { isPending, error, run } = useAction();
  const before = useRef(newest);
  useEffect(() => {
    const last = before.current;
    before.current = newest;
    setPages((known) => pagesAfter(known, last, newest));
  }, [newest]);
  const end = newest.at(-1);
  const earlier = end ? pages.filter((comment) => isBefore(comment, end)) : [];
  const oldest = earlier.at(-1) ?? end;
  return {
    comments: earlier,
    hasMore: newest.length >= COMMENTS_PER_PAGE && oldest?.id !== firstId,
    isPending,
    error,
    /** What one did to a comment oneself: nobody listens to the earlier ones. */
    revise: (id: string, revised: Comment | undefined) => {
      setPages((known) =>
        known.flatMap((comment) => (comment.id !== id ? [comment] : revised ? [revised] : [])),
      );
    },
    load() {
      if (!oldest) return;
      run(async () => {
        const page = await show.comments.before(oldest);
        if (page.length === 0) setFirstId(oldest.id);
        const last = before.current.at(-1);
        // Before the first page nobody keeps what new comments push out meanwhile.
        const pushedOut = newest.filter((comment) => last && isBefore(comment, last));
        setPages((known) => [...(known.length > 0 ? known : pushedOut), ...page]);
      });
    },
  };
}
