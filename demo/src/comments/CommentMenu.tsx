import type { Comment } from "@ambient/client";
import { useChoosePerson } from "../audience/choosePerson.js";
import { useLiveShow } from "../show/ShowContext.js";
import { Menu, type MenuItem } from "../ui/Menu.js";
import { words } from "../words/words.js";

/** What a person can do with a comment. It belongs to the panel, so that rows stay light. */
export function CommentMenu({
  comment,
  button,
  isMine,
  isHost,
  isPinned,
  run,
  onReply,
  onReport,
  onUpdated,
  onClose,
}: {
  readonly comment: Comment;
  readonly button: HTMLElement;
  readonly isMine: boolean;
  readonly isHost: boolean;
  readonly isPinned: boolean;
  readonly run: (work: () => Promise<unknown>) => void;
  readonly onReply: () => void;
  readonly onReport: () => void;
  /** Undefined: deleted. */
  readonly onUpdated: (id: string, updated: Comment | undefined) => void;
  readonly onClose: () => void;
}) {
  const { comments } = useLiveShow().show;
  const choosePerson = useChoosePerson();
  const { author, authorUid, hidden, id } = comment;
  const text = words.comments;
  const offered: readonly (MenuItem | false)[] = [
    !hidden && { icon: "reply", text: text.reply, run: onReply },
    isHost &&
      !hidden && {
        icon: "pin",
        text: isPinned ? text.unpin : text.pin,
        run() {
          run(() => comments.pin(isPinned ? null : id));
        },
      },
    isHost && {
      icon: hidden ? "show" : "hide",
      text: hidden ? text.show : text.hide,
      run() {
        run(async () => {
          await (hidden ? comments.unhide(id) : comments.hide(id));
          onUpdated(id, { ...comment, hidden: !hidden });
        });
      },
    },
    isMine && {
      icon: "trash",
      text: text.delete,
      run() {
        run(async () => {
          await comments.delete(id);
          onUpdated(id, undefined);
        });
      },
    },
    !isMine && {
      icon: "people",
      text: text.about(author.displayName),
      run() {
        choosePerson(authorUid);
      },
    },
    !isMine && { icon: "flag", text: text.report, run: onReport },
  ];
  return (
    <Menu
      button={button}
      label={isMine ? text.ownOptions : text.options(author.displayName)}
      items={offered.filter((item) => item !== false)}
      onClose={onClose}
    />
  );
}
