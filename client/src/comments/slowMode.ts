import { isHost } from "../../../functions/src/contract/role.js";
import type { Participant } from "../show/session.js";
import type { ShowDetails } from "../shows/showDetails.js";

/** The rules allow one comment per person and second, even without slow mode and for hosts. */
const SHORTEST_SECONDS = 1;

/**
 * How many seconds a person waits between two comments: what the hosts set or, with `adaptiveSlowMode`, what the
 * server sets when comments come fast. At least 1, and 1 for hosts, whom slow mode does not bind. Without `me` it is what
 * listeners and speakers wait.
 *
 * @example
 * ```ts
 * show.details.subscribe((details) => setHint(slowModeSecondsOf(details, show.me.current)));
 * ```
 */
export function slowModeSecondsOf(
  {
    settings,
    adaptedSlowModeSeconds = 0,
  }: Pick<ShowDetails, "settings" | "adaptedSlowModeSeconds">,
  me?: Pick<Participant, "role">,
): number {
  if (me && isHost(me.role)) return SHORTEST_SECONDS;
  return Math.max(
    SHORTEST_SECONDS,
    settings?.slowModeSeconds ?? 0,
    settings?.adaptiveSlowMode === true ? adaptedSlowModeSeconds : 0,
  );
}
