import type { Cancel, LocalClock } from "../clock/localClock.js";

/** The rules take one in 20 s, and who gives none for 60 s is taken for gone. */
const EVERY_MS = 30_000;

/**
 * Gives a sign of life at once and then each 30 s. One that is still under way is not followed by
 * another: offline they would pile up, and go out all at once.
 */
export function heartbeat(
  local: Pick<LocalClock, "after">,
  beat: () => Promise<void>,
): { stop: Cancel } {
  let isUnderWay = false;
  let cancel: Cancel = () => undefined;
  const next = () => {
    cancel = local.after(EVERY_MS, next);
    if (isUnderWay) return;
    isUnderWay = true;
    // Too soon after another tab's: that one was seen.
    void beat()
      .catch(() => undefined)
      .finally(() => {
        isUnderWay = false;
      });
  };
  next();
  return {
    stop: () => {
      cancel();
    },
  };
}
