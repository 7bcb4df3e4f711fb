import type { Comment } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";
import { useLiveShow } from "../show/ShowContext.js";
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
  const read = useOriginal(reply, listed !== undefined);
  const original = listed?.hidden === true ? undefined : (listed ?? read.original);
  if (!original) {
    return (
      <p class="quote muted small">
        {read.isPending ? words.common.loading : words.comments.originalUnavailable}
      </p>
    );
  }
  const { author, id, text } = original;
  const content = (
    <>
      <bdi class="quote-author">{author.displayName}</bdi> <span dir="auto">{text}</span>
    </>
  );
  return listed ? (
    <button
      type="button"
      class="quote small"
      onClick={() => {
        onJump(id);
      }}
    >
      <span class="visually-hidden">{words.comments.inReplyTo} </span>
      {content}
    </button>
  ) : (
    <p class="quote small">
      <span class="visually-hidden">{words.comments.inReplyTo} </span>
      {content}
    </p>
  );
}

/** Reads an original that the list does not have. */
function useOriginal(reply: Comment, isListed: boolean) {
  const { show } = useLiveShow();
  const [found, setFound] = useState<{ readonly original: Comment | undefined }>();
  useEffect(() => {
    if (isListed) return;
    let isWanted = true;
    const set = (original: Comment | undefined) => {
      if (isWanted) setFound({ original });
    };
    show.comments.original(reply).then(set, () => {
      set(undefined);
    });
    return () => {
      isWanted = false;
    };
  }, [show, reply, isListed]);
  return { isPending: !isListed && found === undefined, original: found?.original };
}
