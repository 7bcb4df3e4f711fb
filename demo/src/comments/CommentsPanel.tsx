import type { Comment, Show } from "@ambient/client";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useComments, useObservable, type Observation } from "@ambient/react";
import { useSteps } from "../ambient/useSteps.js";
import { useAnnounce } from "../app/Announcer.js";
import { useLiveShow } from "../show/ShowContext.js";
import { useIsHost } from "../show/useIsHost.js";
import { Button } from "../ui/Button.js";
import { amountText } from "../ui/format.js";
import { Icon } from "../ui/Icon.js";
import { Empty, Refused, Skeleton } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";
import { useRovingFocus } from "../ui/useRovingFocus.js";
import { words } from "../words/words.js";
import { CommentForm } from "./CommentForm.js";
import { CommentMenu } from "./CommentMenu.js";
import { CommentRow } from "./CommentRow.js";
import { PinnedComment } from "./PinnedComment.js";
import { ReportDialog } from "./ReportDialog.js";
import { useFollowedList } from "./useFollowedList.js";
import { useMentionable } from "./useMentionable.js";

const none: readonly Comment[] = [];
const nobody: readonly string[] = [];

export function CommentsPanel() {
  const { show } = useLiveShow();
  const { creatorUid, pinnedCommentId } = useObservable(show.details).value;
  const onStage = useObservable(show.stage.people).value ?? [];
  const isHost = useIsHost(show);
  const newest = useObservable(show.comments.latest).value?.[0];
  const { list, isAtEnd, readUntil, toTheEnd, stay } = useFollowedList(newest);
  const comments = useComments(show, { isReading: !isAtEnd });
  const { latest, earlier, pinned, more, isLoadingMore, updateEarlier } = comments;
  // Oldest first, because people read from the top.
  const shown = [...(latest.value ?? none), ...earlier].toReversed();
  const byId = new Map(shown.map((comment) => [comment.id, comment]));
  const { people, nameOf } = useMentionable(shown);
  const { area, heading } = useKeptFocus<HTMLDivElement>();
  const rows = useRef<HTMLUListElement>(null);
  useRovingFocus(rows, "last");
  // A person may choose the next item before the last action is done.
  const action = useSteps();
  const [menu, setMenu] = useState<{ comment: Comment; button: HTMLElement }>();
  const [replyTo, setReplyTo] = useState<Comment>();
  const [reported, setReported] = useState<Comment>();
  useCommentAnnouncements(latest);
  const openMenu = useCallback((comment: Comment, button: HTMLElement) => {
    setMenu({ comment, button });
  }, []);
  const jumpTo = useCallback(
    (id: string) => {
      const row = list.current?.querySelector(`[data-comment="${CSS.escape(id)}"]`);
      row?.scrollIntoView({ block: "center" });
      row?.querySelector<HTMLElement>("[aria-haspopup]")?.focus({ preventScroll: true });
    },
    [list],
  );
  const hosts = new Set([
    creatorUid,
    ...onStage.filter(({ role }) => role === "cohost").map(({ uid }) => uid),
  ]);
  const namesIn = (mentions: Comment["mentions"]) =>
    mentions?.flatMap((uid) => nameOf.get(uid) ?? []) ?? nobody;
  const unread = readUntil === undefined ? 0 : shown.filter(isAfter(readUntil)).length;
  return (
    <section class="panel panel-comments card" aria-labelledby="comments">
      <h2 id="comments" ref={heading} tabIndex={-1}>
        {words.comments.title}
      </h2>
      <PinnedComment
        comment={pinned.value ?? null}
        names={namesIn(pinned.value?.mentions)}
        isByHost={hosts.has(pinned.value?.authorUid ?? "")}
        isHost={isHost}
      />
      <div class="comments-frame" ref={area}>
        <div class="comments" ref={list} role="region" aria-label={words.comments.list}>
          {more && (
            <Button
              kind="quiet"
              isSmall
              isBusy={isLoadingMore}
              onClick={() => {
                stay();
                more();
              }}
            >
              {words.comments.earlier}
            </Button>
          )}
          <Refused error={comments.error} />
          {latest.kind === "loading" && <Skeleton rows={4} />}
          {latest.kind === "failed" && <Refused error={latest.error} />}
          {latest.kind === "known" && shown.length === 0 && (
            <Empty icon="chat" title={words.comments.none}>
              {words.comments.noneHint}
            </Empty>
          )}
          <ul ref={rows}>
            {shown.map((comment) => (
              <CommentRow
                key={comment.id}
                comment={comment}
                original={comment.replyTo && byId.get(comment.replyTo.commentId)}
                names={namesIn(comment.mentions)}
                isMine={comment.authorUid === show.uid}
                isByHost={hosts.has(comment.authorUid)}
                addresses={howItAddresses(show, comment)}
                onMenu={openMenu}
                onJump={jumpTo}
              />
            ))}
          </ul>
        </div>
        {unread > 0 && (
          <button
            type="button"
            class="pill"
            onClick={() => {
              toTheEnd();
              // The pill disappears, so focus moves to the newest comment.
              rows.current?.lastElementChild
                ?.querySelector<HTMLElement>("[aria-haspopup]")
                ?.focus({ preventScroll: true });
            }}
          >
            <Icon name="down" size={16} />
            <span>{words.comments.newComments(unread)}</span>
          </button>
        )}
      </div>
      <Refused error={action.error} onDismiss={action.dismiss} />
      <CommentForm
        people={people}
        replyTo={replyTo}
        onCancelReply={() => {
          setReplyTo(undefined);
        }}
        onSent={() => {
          setReplyTo(undefined);
          toTheEnd();
        }}
      />
      {menu && (
        <CommentMenu
          {...menu}
          isMine={menu.comment.authorUid === show.uid}
          isHost={isHost}
          isPinned={menu.comment.id === pinnedCommentId}
          run={action.run}
          onReply={() => {
            setReplyTo(menu.comment);
          }}
          onReport={() => {
            setReported(menu.comment);
          }}
          onUpdated={updateEarlier}
          onClose={() => {
            setMenu(undefined);
          }}
        />
      )}
      {reported && (
        <ReportDialog
          comment={reported}
          onClose={() => {
            setReported(undefined);
          }}
        />
      )}
    </section>
  );
}

function isAfter(read: Comment | null): (comment: Comment) => boolean {
  const until = read?.createdAt.toMillis() ?? 0;
  return ({ createdAt }) => createdAt.toMillis() > until;
}

function howItAddresses(show: Show, comment: Comment): "reply" | "mention" | undefined {
  if (!show.comments.addressesMe(comment)) return undefined;
  return comment.replyTo?.authorUid === show.uid ? "reply" : "mention";
}

/** Announces other people's new comments to those who cannot see them: the newest, and all that address the person. */
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
    if (before === undefined) return;
    // An older comment becomes the newest when the newest is hidden or deleted.
    const added = latest.value.filter(
      ({ authorUid, createdAt }) => createdAt.toMillis() > before && authorUid !== show.uid,
    );
    for (const comment of added.toReversed()) {
      const addresses = howItAddresses(show, comment);
      if (!addresses && comment !== newest) continue;
      const support = comment.support ? `${amountText(comment.support)} ` : "";
      const { displayName } = comment.author;
      const author = addresses ? words.comments.addressedBy[addresses](displayName) : displayName;
      announce(`${author}: ${support}${comment.text}`);
    }
  }, [latest, announce, show]);
}
