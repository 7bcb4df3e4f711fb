import type { Comment } from "@ambient/client";
import { useAction } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";
import { IconButton } from "../ui/Button.js";
import { Icon } from "../ui/Icon.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

/** The comment that the hosts pinned. */
export function PinnedComment({
  comment,
  isHost,
}: {
  readonly comment: Comment | null;
  readonly isHost: boolean;
}) {
  const { show } = useLiveShow();
  const { isPending, error, run, dismiss } = useAction();
  if (!comment) return null;
  return (
    <aside class="pinned" aria-label={words.comments.pinned}>
      <Icon name="pin" size={18} />
      <p>
        <strong>{comment.author.displayName}</strong> {comment.text}
      </p>
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
