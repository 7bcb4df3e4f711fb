import type { Cancel, LocalClock } from "../clock/localClock.js";

/** The server waits 150 s for a sign of life, so one lost beat does no harm. */
const EVERY_MS = 60_000;

export interface Heartbeat {
  /** The first beat comes after a whole interval, because joining counts as a sign of life. */
  start(): void;
  stop(): void;
}

/**
 * Calls `beat` every 60 s between `start` and `stop`. A beat that is still running delays the next: while offline,
 * beats would pile up and then go out all at once.
 */
export function heartbeat(local: Pick<LocalClock, "after">, beat: () => Promise<void>): Heartbeat {
  let isUnderWay = false;
  let cancel: Cancel | undefined;
  const wait = () => {
    cancel = local.after(EVERY_MS, () => {
      wait();
      if (isUnderWay) return;
      isUnderWay = true;
      // The rules refuse a beat soon after another tab's, which the server has seen.
      void beat()
        .catch(() => undefined)
        .finally(() => {
          isUnderWay = false;
        });
    });
  };
  return {
    start() {
      if (!cancel) wait();
    },
    stop() {
      cancel?.();
      cancel = undefined;
    },
  };
}
