import { words } from "../words/words.js";

export function LiveBadge() {
  return (
    <span class="live-badge">
      <span class="live-dot" aria-hidden="true" />
      {words.common.live}
    </span>
  );
}
