/**
 * Cancels a timer or a subscription.
 *
 * @example
 * ```ts
 * const cancel: Cancel = deviceClock.after(1_000, hideHint);
 * cancel();
 * ```
 */
export type Cancel = () => void;

/**
 * The device's clocks, timers and random numbers, as an interface that tests and the benchmark can control.
 *
 * @example
 * ```ts
 * const elapsedMs = (clock: LocalClock, since: number) => clock.monotonic() - since;
 * ```
 */
export interface LocalClock {
  /** Milliseconds since some fixed moment. It cannot be set, but on many devices it stops while they sleep. */
  monotonic(): number;
  /**
   * The device's time of day. It may be days off, so nothing is computed from it: only its jumps matter, because
   * they show that the monotonic clock stopped.
   */
  wall(): number;
  /** Runs once, after `ms` or later if the device sleeps. */
  after(ms: number, run: () => void): Cancel;
  /** Any number from 0 up to, but not including, 1. It spreads the retries of devices that lost the same server. */
  random(): number;
}

/**
 * The device's own time.
 *
 * @example
 * ```ts
 * const player = webApiPlayer(spotifyOf(ambient), deviceClock);
 * ```
 */
export const deviceClock: LocalClock = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
  random: () => Math.random(),
};
