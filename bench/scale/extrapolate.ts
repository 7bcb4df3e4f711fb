import { digestIntervalMs } from "../../functions/src/contract/feedIntervals.js";

const HOUR_SECONDS = 3_600;

/** A window in which a number of phones were watched. */
export interface Window {
  readonly phones: number;
  readonly seconds: number;
}

/** `count` in a window, as it would be for one phone in an hour. */
export function perPhoneHour(count: number, { phones, seconds }: Window): number {
  return (count / phones / seconds) * HOUR_SECONDS;
}

/**
 * Reads per listener-hour while a digest is rewritten at every interval: what `listeners` read when
 * each rewrite is `readsPerRewrite` for each of them.
 */
export function digestReadsPerListenerHour(listeners: number, readsPerRewrite: number): number {
  return ((HOUR_SECONDS * 1_000) / digestIntervalMs(listeners)) * readsPerRewrite;
}
