import { commentParts } from "./commentParts.js";

/** A comment's text with its links and mentions. Nothing in it is markup. */
export function CommentText({
  text,
  names,
}: {
  readonly text: string;
  /** The names of the people whom the comment mentions. */
  readonly names: readonly string[];
}) {
  return (
    <>
      {commentParts(text, names).map((part, index) => {
        switch (part.kind) {
          case "text":
            return part.text;
          case "mention":
            return (
              <bdi key={index} class="mention">
                {part.text}
              </bdi>
            );
          case "link":
            return (
              <a
                key={index}
                href={part.text}
                target="_blank"
                rel="noopener noreferrer nofollow ugc"
                dir="ltr"
              >
                {part.text}
              </a>
            );
        }
      })}
    </>
  );
}
