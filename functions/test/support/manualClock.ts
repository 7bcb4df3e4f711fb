import type { Clock } from "../../src/clock.js";

/** A clock that moves only when a test advances it or code sleeps on it. */
export function manualClock(start = Date.UTC(2026, 10, 24, 20)): Clock & {
  advance(ms: number): void;
  readonly slept: number[];
} {
  let now = start;
  const slept: number[] = [];
  return {
    now: () => now,
    sleep: (ms) => {
      slept.push(ms);
      now += ms;
      return Promise.resolve();
    },
    advance: (ms) => {
      now += ms;
    },
    slept,
  };
}
