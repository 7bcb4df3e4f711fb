import type { Cancel, LocalClock } from "../clock/localClock.js";

/** The server waits 150 s for a sign of life, so one lost beat does no harm. */
const SHORTEST_MS = 50_000;
const LONGEST_MS = 70_000;

export interface Heartbeat {
  /** The first beat comes after a whole interval, because joining counts as a sign of life. */
  start(): void;
  /** The phone slept, perhaps for so long that the next beat would be late. */
  beatNow(): void;
  stop(): void;
}

/**
 * Calls `beat` every 50 to 70 s between `start` and `stop`, by chance: thousands of phones join in the same second and
 * would beat in the same second, too. A beat that is still running delays the next: while offline, beats would pile up and
 * then go out all at once.
 */
export function heartbeat(
  local: Pick<LocalClock, "after" | "random">,
  beat: () => Promise<void>,
): Heartbeat {
  let isUnderWay = false;
  let cancel: Cancel | undefined;
  const wait = () => {
    cancel = local.after(SHORTEST_MS + (LONGEST_MS - SHORTEST_MS) * local.random(), send);
  };
  const send = () => {
    wait();
    if (isUnderWay) return;
    isUnderWay = true;
    // After any error the next beat follows, long before the server gives up the place. The rules refuse a beat within
    // 20 s of another, perhaps another tab's: the server has seen that one.
    void beat()
      .catch(() => undefined)
      .finally(() => {
        isUnderWay = false;
      });
  };
  return {
    start() {
      if (!cancel) wait();
    },
    beatNow() {
      if (!cancel) return;
      cancel();
      send();
    },
    stop() {
      cancel?.();
      cancel = undefined;
    },
  };
}
