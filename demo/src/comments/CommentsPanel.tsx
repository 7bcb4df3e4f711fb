import type { Comment } from "@ambient/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { useAnnounce } from "../app/Announcer.js";
import { useAction } from "../ambient/useAction.js";
import { useObservable, useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { CommentForm } from "./CommentForm.js";
import { CommentRow } from "./CommentRow.js";
import { PinnedComment } from "./PinnedComment.js";

const none: readonly Comment[] = [];
const PAGE = 50;
/** Who has scrolled further up than this reads, and is not pulled down. */
const NEAR_THE_END_PX = 80;

export function CommentsPanel({ isShown }: { readonly isShown: boolean }) {
  const { show } = useLiveShow();
  const { pinnedCommentId } = useObservable(show.details);
  const { role } = useObservable(show.me);
  const latest = useSubscribable(() => show.comments.latest, [show]);
  const pinned = useSubscribable(() => show.comments.pinned, [show]);
  const [older, setOlder] = useState<readonly Comment[]>(none);
  const [hasMore, setHasMore] = useState(true);
  const more = useAction();
  const isHost = role === "creator" || role === "cohost";
  const newest = valueOf(latest, none);
  const ids = new Set(newest.map(({ id }) => id));
  // Read from the top: what was said first comes first.
  const shown = [...newest, ...older.filter(({ id }) => !ids.has(id))].toReversed();
  const list = useStickToTheEnd(shown.at(-1)?.id, isShown);
  useCommentAnnouncements(newest);
  const oldest = shown[0];
  return (
    <section class="panel panel-comments card" aria-labelledby="comments">
      <h2 id="comments">Comments</h2>
      <PinnedComment comment={valueOf(pinned, null)} isHost={isHost} />
      <div class="comments" ref={list} tabIndex={0} role="region" aria-label="What people write">
        {newest.length >= PAGE && hasMore && oldest && (
          <Button
            kind="quiet"
            isSmall
            isBusy={more.isPending}
            onClick={() => {
              more.run(async () => {
                const page = await show.comments.before(oldest);
                setHasMore(page.length > 0);
                setOlder((before) => [...before, ...page]);
              });
            }}
          >
            Earlier comments
          </Button>
        )}
        {latest.kind === "loading" && <Skeleton rows={4} label="Loading the comments" />}
        {latest.kind === "failed" && <Refused error={latest.error} />}
        {latest.kind === "known" && shown.length === 0 && (
          <Empty icon="chat" title="Nobody has written yet">
            Say hello.
          </Empty>
        )}
        <ul>
          {shown.map((comment) => (
            <CommentRow
              key={comment.id}
              comment={comment}
              isMine={comment.authorUid === show.uid}
              isHost={isHost}
              isPinned={comment.id === pinnedCommentId}
            />
          ))}
        </ul>
      </div>
      <CommentForm />
    </section>
  );
}

function useStickToTheEnd(lastId: string | undefined, isShown: boolean) {
  const list = useRef<HTMLDivElement>(null);
  const isNearTheEnd = useRef(true);
  useEffect(() => {
    const element = list.current;
    const look = () => {
      if (!element || element.clientHeight === 0) return;
      const below = element.scrollHeight - element.scrollTop - element.clientHeight;
      isNearTheEnd.current = below < NEAR_THE_END_PX;
    };
    element?.addEventListener("scroll", look);
    return () => element?.removeEventListener("scroll", look);
  }, []);
  useEffect(() => {
    const element = list.current;
    if (element && isNearTheEnd.current) element.scrollTop = element.scrollHeight;
  }, [lastId, isShown]);
  return list;
}

/** What others write, for those who do not see it. What was there before is not read out. */
function useCommentAnnouncements(newest: readonly Comment[]): void {
  const { show } = useLiveShow();
  const announce = useAnnounce();
  const since = useRef(Date.now());
  const last = useRef<string>(undefined);
  useEffect(() => {
    const [comment] = newest;
    if (!comment || comment.id === last.current) return;
    last.current = comment.id;
    const isNew = comment.createdAt.toMillis() > since.current - 2_000;
    if (isNew && comment.authorUid !== show.uid) {
      announce(`${comment.author.displayName}: ${comment.text}`);
    }
  }, [newest, announce, show]);
}
