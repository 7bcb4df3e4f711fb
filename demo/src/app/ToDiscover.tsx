import { words } from "../words/words.js";

/** A link for pages where there is nothing more to do. */
export function ToDiscover() {
  return (
    <a class="button button-primary" href="#/">
      <span>{words.app.browse}</span>
    </a>
  );
}
