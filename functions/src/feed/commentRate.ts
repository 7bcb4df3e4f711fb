import { DIGEST_SIZE, type DigestComment } from "../contract/feed.js";
import {
  DIGEST_LASTS_INTERVALS,
  digestFromComments,
  DIRECT_BELOW_COMMENTS_PER_INTERVAL,
} from "../contract/feedIntervals.js";

/** The time over which the rate of the comments is measured, in ms. */
export const RATE_WINDOW_MS = 20_000;

/** The time over which the rate is measured to decide when a digest ends, in ms. */
const CALM_MS = 60_000;

/** `rate` in comments per second, `intervalMs` as a digest would be written. */
export function needsDigest(rate: number, intervalMs: number, listeners: number): boolean {
  return (rate * intervalMs) / 1_000 >= digestFromComments(listeners);
}

/** `newestFirst` are the newest comments of a digest that began at `since`; times in ms since the epoch. */
export function isCalmAgain(
  newestFirst: readonly DigestComment[],
  intervalMs: number,
  since: number,
  now: number,
): boolean {
  if (now - since < DIGEST_LASTS_INTERVALS * intervalMs) return false;
  const recent = newestFirst.filter(({ createdAt }) => now - createdAt.toMillis() < CALM_MS);
  return (recent.length * intervalMs) / CALM_MS < DIRECT_BELOW_COMMENTS_PER_INTERVAL;
}

/** Comments per second, from a digest. A full one may span less than the window. */
export function rateOfDigest(newestFirst: readonly DigestComment[], now: number): number {
  const recent = newestFirst.filter(({ createdAt }) => now - createdAt.toMillis() < RATE_WINDOW_MS);
  const oldest = recent.at(-1);
  if (!oldest) return 0;
  const isCutOff = recent.length === DIGEST_SIZE;
  const spanMs = isCutOff ? now - oldest.createdAt.toMillis() : RATE_WINDOW_MS;
  return (recent.length * 1_000) / Math.max(spanMs, 1_000);
}
