import type { Comment } from "@ambient/client";
import { useState } from "preact/hooks";
import { useAction } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { Button, IconButton } from "../ui/Button.js";
import { Icon } from "../ui/Icon.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";
import { CommentText } from "./CommentText.js";

/** A longer pin, with its author's name, takes the room of the comments, so it shows its beginning: two lines on a phone. */
const LONG = 45;

/** The comment that the hosts pinned. */
export function PinnedComment({
  comment,
  names,
  isByHost,
  isHost,
}: {
  readonly comment: Comment | null;
  /** The names of the people whom it mentions. */
  readonly names: readonly string[];
  readonly isByHost: boolean;
  readonly isHost: boolean;
}) {
  const { show } = useLiveShow();
  const { isPending, error, run, dismiss } = useAction();
  const [isWhole, setWhole] = useState(false);
  if (!comment) return null;
  const { author, text } = comment;
  return (
    <aside class="pinned" aria-label={words.comments.pinned}>
      <Icon name="pin" size={18} />
      <div>
        <p class="pinned-text" data-whole={isWhole}>
          <strong dir="auto">{author.displayName}</strong>{" "}
          {isByHost && <span class="tag">{words.comments.host}</span>}{" "}
          <span dir="auto">
            <CommentText text={text} names={names} />
          </span>
        </p>
        {author.displayName.length + text.length > LONG && (
          <Button
            kind="quiet"
            isSmall
            onClick={() => {
              setWhole(!isWhole);
            }}
          >
            {isWhole ? words.comments.showLess : words.comments.showMore}
          </Button>
        )}
      </div>
      {isHost && (
        <IconButton
          icon="close"
          label={words.comments.removePin}
          isBusy={isPending}
          onClick={() => {
            run(() => show.comments.pin(null));
          }}
        />
      )}
      <Refused error={error} onDismiss={dismiss} />
    </aside>
  );
}
