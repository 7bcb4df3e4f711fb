import type { LocalClock } from "./localClock.js";
import type { ServerClock } from "./serverClock.js";

/** A deadline that the server enforced may have passed while its answer travelled. */
const JUST_PASSED_MS = 5_000;

/**
 * Whole seconds until a moment of the server's clock, at least 1; undefined if it has passed by more than
 * `justPassedMs`.
 */
export function secondsUntil(
  moment: number,
  { clock, local }: { readonly clock: ServerClock; readonly local: LocalClock },
  justPassedMs = JUST_PASSED_MS,
): number | undefined {
  // Before the server's clock is measured, the device's is good enough for the label of a button.
  const now = clock.now() ?? local.wall();
  if (moment < now - justPassedMs) return undefined;
  return Math.max(1, Math.ceil((moment - now) / 1_000));
}
