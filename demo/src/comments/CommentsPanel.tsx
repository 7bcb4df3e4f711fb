import type { Comment } from "@ambient/client";
import { useEffect, useRef } from "preact/hooks";
import { useAnnounce } from "../app/Announcer.js";
import { useComments, useObservable, type Observation } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { useIsHost } from "../show/useIsHost.js";
import { Button } from "../ui/Button.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";
import { CommentForm } from "./CommentForm.js";
import { CommentRow } from "./CommentRow.js";
import { PinnedComment } from "./PinnedComment.js";
import { amountText } from "../ui/format.js";
import { words } from "../words/words.js";

const none: readonly Comment[] = [];
/** People who scrolled further up than this are reading, so new comments do not scroll the list. */
const NEAR_THE_END_PX = 80;

export function CommentsPanel({ isShown }: { readonly isShown: boolean }) {
  const { show } = useLiveShow();
  const { pinnedCommentId } = useObservable(show.details).value;
  const isHost = useIsHost(show);
  const { latest, earlier, pinned, more, isLoadingMore, error, updateEarlier } = useComments(show);
  // Oldest first, because people read from the top.
  const shown = [...(latest.value ?? none), ...earlier].toReversed();
  const list = useStickToTheEnd(shown.at(-1)?.id, isShown);
  const { area, heading } = useKeptFocus<HTMLUListElement>();
  useCommentAnnouncements(latest);
  return (
    <section class="panel panel-comments card" aria-labelledby="comments">
      <h2 id="comments" ref={heading} tabIndex={-1}>
        {words.comments.title}
      </h2>
      <PinnedComment comment={pinned.value ?? null} isHost={isHost} />
      <div class="comments" ref={list} tabIndex={0} role="region" aria-label={words.comments.list}>
        {more && (
          <Button kind="quiet" isSmall isBusy={isLoadingMore} onClick={more}>
            {words.comments.earlier}
          </Button>
        )}
        <Refused error={error} />
        {latest.kind === "loading" && <Skeleton rows={4} />}
        {latest.kind === "failed" && <Refused error={latest.error} />}
        {latest.kind === "known" && shown.length === 0 && (
          <Empty icon="chat" title={words.comments.none}>
            {words.comments.noneHint}
          </Empty>
        )}
        <ul ref={area}>
          {shown.map((comment) => (
            <CommentRow
              key={comment.id}
              comment={comment}
              isMine={comment.authorUid === show.uid}
              isHost={isHost}
              isPinned={comment.id === pinnedCommentId}
              onRevised={(revised) => {
                updateEarlier(comment.id, revised);
              }}
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

/** Announces other people's new comments to those who cannot see them. */
function useCommentAnnouncements(latest: Observation<readonly Comment[]>): void {
  const { show } = useLiveShow();
  const announce = useAnnounce();
  const since = useRef<number>(undefined);
  useEffect(() => {
    if (latest.kind !== "known") return;
    const [newest] = latest.value;
    const at = newest?.createdAt.toMillis() ?? 0;
    const before = since.current;
    since.current = Math.max(at, before ?? 0);
    // An older comment becomes the newest when the newest is hidden or deleted.
    if (!newest || before === undefined || at <= before || newest.authorUid === show.uid) return;
    const support = newest.support ? `${amountText(newest.support)} ` : "";
    announce(`${newest.author.displayName}: ${support}${newest.text}`);
  }, [latest, announce, show]);
}
