import { AmbientError, slowModeSecondsOf } from "@ambient/client";
import { useState } from "preact/hooks";
import { useAction, useObservable } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button } from "../ui/Button.js";
import { TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { useSecondsUntil } from "../ui/useSecondsUntil.js";
import { durationText } from "../ui/format.js";
import { messageOf, words } from "../words/words.js";

export function CommentForm() {
  const { show } = useLiveShow();
  const details = useObservable(show.details).value;
  const { settings } = details;
  const connection = useObservable(show.connection).value;
  const [text, setText] = useState("");
  const [lastAt, setLastAt] = useState<number>();
  const { isPending, error, run } = useAction();
  const slowMode = slowModeSecondsOf(details);
  // Uses the current slow mode, because a host may have shortened it or switched it off.
  const wait = useSecondsUntil(lastAt === undefined ? undefined : lastAt + slowMode * 1_000);
  if (settings?.commentsEnabled === false) {
    return <p class="muted comment-closed">{messageOf("COMMENTS_CLOSED")}</p>;
  }
  const isOffline = connection === "offline";
  const send = async () => {
    try {
      await show.comments.send(text.trim());
      // Text that was typed meanwhile belongs to the next comment.
      setText((now) => (now === text ? "" : now));
      setLastAt(Date.now());
    } catch (thrown) {
      const wasSlowed = thrown instanceof AmbientError && thrown.reason === "SLOW_MODE";
      // By now, the error has brought the current slow mode.
      const now = slowModeSecondsOf(show.details.current);
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
        if (text.trim() !== "" && wait === 0 && !isOffline) run(send);
      }}
    >
      <div class="inline-form">
        <TextField
          label={words.comments.field}
          isLabelHidden
          placeholder={isOffline ? words.app.offline : words.comments.placeholder}
          value={text}
          onInput={setText}
          longest={500}
        />
        <Button
          type="submit"
          kind="primary"
          isBusy={isPending}
          isDisabled={wait > 0 || isOffline || text.trim() === ""}
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
