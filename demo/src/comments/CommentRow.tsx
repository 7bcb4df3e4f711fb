import type { Comment } from "@ambient/client";
import { useState } from "preact/hooks";
import { useAction } from "@ambient/react";
import { BlockButton } from "../audience/BlockButton.js";
import { useChoosePerson } from "../audience/choosePerson.js";
import { ReportForm } from "../audience/ReportForm.js";
import { useLiveShow } from "../show/ShowContext.js";
import { Avatar } from "../ui/Avatar.js";
import { IconButton } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { amountText, timeOfDay } from "../ui/format.js";
import { Refused } from "../ui/Notice.js";
import { words } from "../words/words.js";

export function CommentRow({
  comment,
  isMine,
  isHost,
  isPinned,
  onRevised,
}: {
  readonly comment: Comment;
  readonly isMine: boolean;
  readonly isHost: boolean;
  readonly isPinned: boolean;
  /** Undefined: deleted. */
  readonly onRevised: (revised: Comment | undefined) => void;
}) {
  const { show } = useLiveShow();
  const { author, authorUid, createdAt, hidden, id, support, text } = comment;
  const [isReporting, setReporting] = useState(false);
  const { isPending, error, run, dismiss } = useAction();
  const { comments } = show;
  const choosePerson = useChoosePerson();
  return (
    <li
      class="comment"
      data-hidden={hidden}
      data-mine={isMine}
      data-support={support !== undefined}
    >
      <Avatar uid={authorUid} name={author.displayName} size={32} />
      <div class="comment-body">
        <p class="comment-head">
          <span class="comment-author">{author.displayName}</span>
          <time class="muted small">{timeOfDay(createdAt.toMillis())}</time>
        </p>
        {support && <p class="comment-support">{words.comments.supported(amountText(support))}</p>}
        {text !== "" && <p class="comment-text">{text}</p>}
        {hidden && <p class="muted small">{words.comments.hidden}</p>}
        <Refused error={error} onDismiss={dismiss} />
      </div>
      <div class="comment-tools">
        {isHost && !hidden && (
          <IconButton
            icon="pin"
            label={isPinned ? words.comments.unpin : words.comments.pin(author.displayName)}
            isOn={isPinned}
            isBusy={isPending}
            onClick={() => {
              run(() => comments.pin(isPinned ? null : id));
            }}
          />
        )}
        {isHost && (
          <IconButton
            icon={hidden ? "show" : "hide"}
            label={(hidden ? words.comments.show : words.comments.hide)(author.displayName)}
            isBusy={isPending}
            onClick={() => {
              run(async () => {
                await (hidden ? comments.unhide(id) : comments.hide(id));
                onRevised({ ...comment, hidden: !hidden });
              });
            }}
          />
        )}
        {isMine && (
          <IconButton
            icon="trash"
            label={words.comments.delete}
            isBusy={isPending}
            onClick={() => {
              run(async () => {
                await comments.delete(id);
                onRevised(undefined);
              });
            }}
          />
        )}
        {isHost && !isMine && (
          <IconButton
            icon="more"
            label={words.comments.options(author.displayName)}
            onClick={() => {
              choosePerson(authorUid);
            }}
          />
        )}
        {!isMine && !isHost && (
          <IconButton
            icon="more"
            label={words.comments.report(author.displayName)}
            onClick={() => {
              setReporting(true);
            }}
          />
        )}
      </div>
      {isReporting && (
        <Dialog
          title={words.comments.reportTitle}
          onClose={() => {
            setReporting(false);
          }}
        >
          <blockquote>{text}</blockquote>
          <ReportForm
            about={{ commentId: id }}
            onDone={() => {
              setReporting(false);
            }}
          />
          <BlockButton
            uid={authorUid}
            name={author.displayName}
            onDone={() => {
              setReporting(false);
            }}
          />
        </Dialog>
      )}
    </li>
  );
}
