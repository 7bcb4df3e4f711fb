import type { LocalClock } from "./localClock.js";
import type { ServerClock } from "./serverClock.js";

/** What the server still said no to may have passed on the way here. */
const JUST_PASSED_MS = 5_000;

/** Whole seconds from now until a moment of the server's, at least one; undefined when it is past. */
export function secondsUntil(
  moment: number,
  { clock, local }: { readonly clock: ServerClock; readonly local: LocalClock },
): number | undefined {
  // Until the server's clock is measured the device's has to do: it is for words on a button.
  const now = clock.now() ?? local.wall();
  if (moment < now - JUST_PASSED_MS) return undefined;
  return Math.max(1, Math.ceil((moment - now) / 1_000));
}
