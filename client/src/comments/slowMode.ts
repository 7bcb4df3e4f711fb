import type { ShowDetails } from "../shows/showDetails.js";

/** The rules accept one comment per person within this, slow mode or not. */
const SHORTEST_SECONDS = 1;

/**
 * How long one person waits between two comments: what the hosts set, or what the server makes of a rush
 * where they allow it (`adaptiveSlowMode`), and never less than a second.
 *
 * @example
 * ```ts
 * show.details.subscribe((details) => setHint(slowModeSecondsOf(details)));
 * ```
 */
export function slowModeSecondsOf({
  settings,
  adaptedSlowModeSeconds = 0,
}: Pick<ShowDetails, "settings" | "adaptedSlowModeSeconds">): number {
  return Math.max(
    SHORTEST_SECONDS,
    settings?.slowModeSeconds ?? 0,
    settings?.adaptiveSlowMode === true ? adaptedSlowModeSeconds : 0,
  );
}
