import type { LocalClock } from "../clock/localClock.js";
import { spread } from "../clock/spread.js";
import type { AmbientError } from "../errors/ambientError.js";

const PAUSES_MS = [1_000, 2_000, 5_000, 10_000];
const LONGEST_PAUSE_MS = 30_000;

/** How long to wait after this many failures, of which `error` is the last, in ms. */
export function pauseAfter(
  failures: number,
  error: AmbientError,
  local: Pick<LocalClock, "random">,
): number {
  const pause = PAUSES_MS[failures - 1] ?? LONGEST_PAUSE_MS;
  return Math.max(spread(pause, local.random()), (error.retryAfterSeconds ?? 0) * 1_000);
}

/** A pause before an attempt to rejoin, which can be cut short. */
export class Pause {
  readonly #local: Pick<LocalClock, "after">;
  #end: (() => void) | undefined;

  constructor(local: Pick<LocalClock, "after">) {
    this.#local = local;
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        cancel();
        if (this.#end === end) this.#end = undefined;
        resolve();
      };
      const cancel = this.#local.after(ms, end);
      this.#end = end;
    });
  }

  /** The current wait, if there is one, ends within `ms`. */
  shorten(ms: number): void {
    if (this.#end) this.#local.after(ms, this.#end);
  }

  /** Ends the current wait, if there is one. */
  end(): void {
    this.#end?.();
  }
}
