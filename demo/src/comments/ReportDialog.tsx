import type { Comment } from "@ambient/client";
import { BlockButton } from "../audience/BlockButton.js";
import { ReportForm } from "../audience/ReportForm.js";
import { useLiveShow } from "../show/ShowContext.js";
import { Dialog } from "../ui/Dialog.js";
import { words } from "../words/words.js";

/** Reports a comment to the admins, or blocks its author. */
export function ReportDialog({
  comment: { author, authorUid, id, text },
  onClose,
}: {
  readonly comment: Comment;
  readonly onClose: () => void;
}) {
  const { show } = useLiveShow();
  return (
    <Dialog title={words.comments.reportTitle} onClose={onClose}>
      <blockquote dir="auto">{text}</blockquote>
      <ReportForm about={{ showId: show.id, commentId: id }} onDone={onClose} />
      <div class="actions">
        <BlockButton uid={authorUid} name={author.displayName} onDone={onClose} />
      </div>
    </Dialog>
  );
}
