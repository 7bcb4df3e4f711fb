import type { Clock } from "../clock.js";
import { Refusal } from "../errors.js";
import { takeOne } from "../limits/allowance.js";

/** How much of a minute's calls may go out at once. */
const BURST_SECONDS = 15;
/** A caller waits for the answer. */
const MAX_WAIT_MS = 3_000;

/**
 * Limits this instance's calls per minute. A call above the limit waits for its turn, and is refused with
 * AUDIO_UNAVAILABLE if that would take too long. 0: no limit.
 */
export function callPace(callsPerMinute: number, clock: Clock): () => Promise<void> {
  if (callsPerMinute === 0) return () => Promise.resolve();
  const count = Math.max(1, (callsPerMinute * BURST_SECONDS) / 60);
  const refillMs = (count / callsPerMinute) * 60_000;
  const allowance = { count, refillMs };
  let fullAt = 0;
  return async () => {
    const now = clock.now();
    const taking = takeOne(allowance, fullAt, now);
    if ("fullAt" in taking) {
      fullAt = taking.fullAt;
      return;
    }
    const { waitMs } = taking;
    if (waitMs > MAX_WAIT_MS) throw new Refusal("AUDIO_UNAVAILABLE");
    // Take the turn now, so that the next call waits behind this one.
    fullAt += refillMs / allowance.count;
    await clock.sleep(waitMs);
  };
}
