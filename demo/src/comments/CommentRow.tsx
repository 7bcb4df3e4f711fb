import type { Comment } from "@ambient/client";
import { memo } from "preact/compat";
import { useId } from "preact/hooks";
import { Avatar } from "../ui/Avatar.js";
import { Icon } from "../ui/Icon.js";
import { amountText, timeOfDay } from "../ui/format.js";
import { words } from "../words/words.js";
import { CommentText } from "./CommentText.js";
import { Quote } from "./Quote.js";

/** Renders again only if its comment changes, because a show has many. */
export const CommentRow = memo(function CommentRow({
  comment,
  original,
  names,
  isMine,
  isByHost,
  addresses,
  onMenu,
  onJump,
}: {
  readonly comment: Comment;
  /** What it replies to, if the list has that. */
  readonly original: Comment | undefined;
  /** The names of the people whom it mentions. */
  readonly names: readonly string[];
  readonly isMine: boolean;
  readonly isByHost: boolean;
  /** How it addresses the person. */
  readonly addresses: "reply" | "mention" | undefined;
  readonly onMenu: (comment: Comment, button: HTMLElement) => void;
  readonly onJump: (id: string) => void;
}) {
  const textId = useId();
  const { author, createdAt, hidden, id, replyTo, support, text } = comment;
  return (
    <li
      class="comment"
      data-comment={id}
      data-hidden={hidden}
      data-mine={isMine}
      data-support={support !== undefined}
      data-addressed={addresses !== undefined}
    >
      <Avatar uid={comment.authorUid} name={author.displayName} size={32} />
      <div class="comment-body" id={textId}>
        <p class="comment-head">
          <span class="comment-author" dir="auto">
            {author.displayName}
          </span>
          {isByHost && <span class="tag">{words.comments.host}</span>}
          <time class="muted small">{timeOfDay(createdAt.toMillis())}</time>
        </p>
        {addresses && <p class="comment-addressed small">{words.comments.addresses[addresses]}</p>}
        {replyTo && <Quote reply={comment} listed={original} onJump={onJump} />}
        {support && <p class="comment-support">{words.comments.supported(amountText(support))}</p>}
        {text !== "" && (
          <p class="comment-text" dir="auto">
            <CommentText text={text} names={names} />
          </p>
        )}
        {hidden && <p class="muted small">{words.comments.hidden}</p>}
      </div>
      <button
        type="button"
        class="icon-button icon-button-quiet"
        aria-haspopup="menu"
        aria-describedby={textId}
        aria-label={isMine ? words.comments.ownOptions : words.comments.options(author.displayName)}
        onClick={({ currentTarget }) => {
          onMenu(comment, currentTarget);
        }}
      >
        <Icon name="more" size={20} />
      </button>
    </li>
  );
});
