import { AmbientError, isBlank, slowModeSecondsOf, type Comment } from "@ambient/client";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { useAction, useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button, IconButton } from "../ui/Button.js";
import { Refused } from "../ui/Notice.js";
import { useSecondsUntil } from "../ui/useSecondsUntil.js";
import { durationText } from "../ui/format.js";
import { messageOf, words } from "../words/words.js";
import { COMMENT_FIELD, CommentField } from "./CommentField.js";
import { mentionedIn, type Person } from "./mentionQuery.js";

/** What was typed in each show, while the person looks at another page. */
const drafts = new Map<string, string>();

export function CommentForm({
  people,
  replyTo,
  onCancelReply,
  onSent,
}: {
  /** Whom a comment can mention. */
  readonly people: readonly Person[];
  readonly replyTo: Comment | undefined;
  readonly onCancelReply: () => void;
  readonly onSent: () => void;
}) {
  const { show } = useLiveShow();
  const details = useObservable(show.details).value;
  const me = useObservable(show.me).value;
  const { settings } = details;
  const connection = useObservable(show.connection).value;
  const [text, setText] = useState(drafts.get(show.id) ?? "");
  const [mentions, setMentions] = useState<readonly Person[]>([]);
  const [lastAt, setLastAt] = useState<number>();
  const { isPending, error, run } = useAction();
  const slowMode = slowModeSecondsOf(details, me);
  // Uses the current slow mode, because a host may have shortened it or switched it off.
  const wait = useSecondsUntil(lastAt === undefined ? undefined : lastAt + slowMode * 1_000);
  useEffect(() => {
    drafts.set(show.id, text);
  }, [show, text]);
  // In the same frame: the menu that chose the reply has just returned the focus to its button.
  useLayoutEffect(() => {
    if (replyTo) document.getElementById(COMMENT_FIELD)?.focus();
  }, [replyTo]);
  if (settings?.commentsEnabled === false) {
    return <p class="muted comment-closed">{messageOf("COMMENTS_CLOSED")}</p>;
  }
  const isOffline = connection === "offline";
  const send = async () => {
    try {
      await show.comments.send(text.trim(), { replyTo, mentions: mentionedIn(text, mentions) });
      // What was typed in the meantime belongs to the next comment.
      setText((now) => (now === text ? "" : now));
      setMentions((now) => now.slice(mentions.length));
      setLastAt(Date.now());
      onSent();
    } catch (thrown) {
      const wasSlowed = thrown instanceof AmbientError && thrown.reason === "SLOW_MODE";
      // By now, the error has brought the current slow mode.
      const now = slowModeSecondsOf(show.details.current, show.me.current);
      const waited = now - (wasSlowed ? (thrown.retryAfterSeconds ?? now) : 0);
      if (wasSlowed) setLastAt(Date.now() - waited * 1_000);
      throw thrown;
    }
  };
  return (
    <form
      class="comment-form"
      onSubmit={(event) => {
        event.preventDefault();
        // While offline it would fail, but only after a few attempts.
        if (!isBlank(text) && wait === 0 && !isOffline) run(send);
      }}
    >
      {replyTo && (
        <div class="replying">
          <p class="small">
            <span class="muted">{words.comments.replyingTo}</span>{" "}
            <bdi class="quote-author">{replyTo.author.displayName}</bdi>{" "}
            <span dir="auto">{replyTo.text}</span>
          </p>
          <IconButton
            icon="close"
            label={words.comments.cancelReply}
            onClick={() => {
              onCancelReply();
              document.getElementById(COMMENT_FIELD)?.focus();
            }}
          />
        </div>
      )}
      <div class="inline-form">
        <CommentField
          value={text}
          placeholder={isOffline ? words.app.offline : words.comments.placeholder}
          people={people}
          onInput={setText}
          onMention={(person) => {
            setMentions((before) => [...before, person]);
          }}
          onEscape={onCancelReply}
        />
        <Button
          type="submit"
          kind="primary"
          isBusy={isPending}
          isDisabled={wait > 0 || isOffline || isBlank(text)}
          {...(wait > 0 && { label: words.comments.nextIn(wait) })}
        >
          {wait > 0 ? words.count.shortSeconds(wait) : words.comments.send}
        </Button>
      </div>
      {slowMode > 1 && (
        <p class="muted small">{words.comments.slowMode(slowMode, durationText(slowMode))}</p>
      )}
      {(error?.reason !== "SLOW_MODE" || wait > 0) && <Refused error={error} />}
    </form>
  );
}
