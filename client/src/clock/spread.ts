import type { LocalClock } from "./localClock.js";

/**
 * Half to one and a half times as long. After an outage, thousands of phones with the same pauses would all come back
 * at the same moments.
 */
export function spread(ms: number, local: Pick<LocalClock, "random">): number {
  return ms * (0.5 + local.random());
}
