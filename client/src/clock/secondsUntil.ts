import type { LocalClock } from "./localClock.js";
import type { ServerClock } from "./serverClock.js";

/** Whole seconds from now until a moment of the server's, at least one. */
export function secondsUntil(
  moment: number,
  { clock, local }: { readonly clock: ServerClock; readonly local: LocalClock },
): number {
  // Until the server's clock is measured the device's has to do: it is for words on a button.
  const now = clock.now() ?? local.wall();
  return Math.max(1, Math.ceil((moment - now) / 1_000));
}
