/**
 * Ends what was asked for.
 *
 * @example
 * ```ts
 * const cancel: Cancel = deviceClock.after(1_000, hideHint);
 * cancel();
 * ```
 */
export type Cancel = () => void;

/**
 * The device's time as a port: tests and the benchmark move it.
 *
 * @example
 * ```ts
 * const elapsedMs = (clock: LocalClock, since: number) => clock.monotonic() - since;
 * ```
 */
export interface LocalClock {
  /** Ms since some moment. Nobody sets it, but on many devices it stands still while they sleep. */
  monotonic(): number;
  /**
   * What the device believes the time of day to be. Nothing is computed from it: it may be days off. Its
   * jumps alone are of interest, for they betray that the other clock stood still.
   */
  wall(): number;
  /** Runs once, `ms` from now, or later on a device that sleeps. */
  after(ms: number, run: () => void): Cancel;
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
};
