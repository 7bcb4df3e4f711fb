import { words } from "../words/words.js";

/** A link for pages where there is nothing more to do. */
export function ToDiscover({
  isMain = true,
}: {
  /** The first thing to do in the view. */
  readonly isMain?: boolean;
}) {
  return (
    <a class={`button button-${isMain ? "primary" : "plain"}`} href="#/">
      <span>{words.app.browse}</span>
    </a>
  );
}
