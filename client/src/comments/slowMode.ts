import type { ShowDetails } from "../shows/showDetails.js";

/** The rules allow one comment per person and second, even without slow mode. */
const SHORTEST_SECONDS = 1;

/**
 * How many seconds a person waits between two comments: what the hosts set or, with `adaptiveSlowMode`, what the
 * server sets when comments come fast. At least 1.
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
