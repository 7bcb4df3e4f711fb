import type { Comment } from "@ambient/client";
import { useAction } from "@ambient/react";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useLiveShow } from "../show/ShowContext.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** The comment that a reply replies to. */
export function Quote({
  reply,
  listed,
  onJump,
}: {
  readonly reply: Comment;
  /** The original, if the list has it. */
  readonly listed: Comment | undefined;
  readonly onJump: (id: string) => void;
}) {
  if (!listed) return <UnlistedQuote reply={reply} />;
  if (listed.hidden) return <p class="quote muted small">{words.comments.originalUnavailable}</p>;
  return (
    <button
      type="button"
      class="quote small"
      onClick={() => {
        onJump(listed.id);
      }}
    >
      <QuotedComment comment={listed} />
    </button>
  );
}

/**
 * Reads an original that the list does not have each time the person asks for it. Reading it for everyone would cost
 * each listener a read, and nothing reports that it was hidden since.
 */
function UnlistedQuote({ reply }: { readonly reply: Comment }) {
  const { show } = useLiveShow();
  const [shown, setShown] = useState<ComponentChildren>();
  const { isPending, error, run, dismiss } = useAction();
  const read = async () => {
    const original = await show.comments.original(reply);
    setShown(original ? <QuotedComment comment={original} /> : words.comments.originalUnavailable);
  };
  return (
    <>
      <button
        type="button"
        class="quote muted small"
        aria-expanded={shown !== undefined}
        aria-busy={isPending}
        onClick={() => {
          if (shown === undefined) run(read);
          else setShown(undefined);
        }}
      >
        {shown === undefined ? words.comments.showOriginal : words.comments.hideOriginal}
      </button>
      <div role="status">{shown !== undefined && <p class="quote small">{shown}</p>}</div>
      <Refused error={error} onDismiss={dismiss} />
    </>
  );
}

function QuotedComment({ comment: { author, text } }: { readonly comment: Comment }) {
  return (
    <>
      <span class="visually-hidden">{words.comments.inReplyTo} </span>
      <bdi class="quote-author">{author.displayName}</bdi> <span dir="auto">{text}</span>
    </>
  );
}
