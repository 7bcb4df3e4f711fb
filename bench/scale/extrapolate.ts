import { digestIntervalMs } from "../../functions/src/contract/feedIntervals.js";

const HOUR_SECONDS = 3_600;

/** A window in which a number of phones were observed. */
export interface Window {
  readonly phones: number;
  readonly seconds: number;
}

/** Scales a count in a window to one phone in an hour. */
export function perPhoneHour(count: number, { phones, seconds }: Window): number {
  return (count / phones / seconds) * HOUR_SECONDS;
}

/**
 * Reads per listener-hour while a digest is rewritten at every interval, if each rewrite costs each
 * of `listeners` people `readsPerRewrite`.
 */
export function digestReadsPerListenerHour(listeners: number, readsPerRewrite: number): number {
  return ((HOUR_SECONDS * 1_000) / digestIntervalMs(listeners)) * readsPerRewrite;
}
