/** Between these audiences an interval grows with the logarithm of the audience. */
interface Growth {
  readonly fromListeners: number;
  readonly fromMs: number;
  readonly toListeners: number;
  readonly toMs: number;
}

/** The time between two digests of the largest shows, in ms. */
const LONGEST_DIGEST_MS = 10_000;

/** The time between two counts of the audience of the largest shows, in ms. */
const LONGEST_AUDIENCE_MS = 60_000;

/**
 * The time between two digests, in ms: `shortestMs` up to 1,000 listeners, 10 s from 10,000 on. Every rewrite is a
 * billed read for every listener.
 */
export function digestIntervalMs(listeners: number, shortestMs = 2_000): number {
  return grown(listeners, {
    fromListeners: 1_000,
    fromMs: shortestMs,
    toListeners: 10_000,
    toMs: Math.max(shortestMs, LONGEST_DIGEST_MS),
  });
}

/**
 * The time between two counts of the audience, in ms: `shortestMs` up to 100 listeners, 60 s from 10,000 on.
 */
export function audienceIntervalMs(listeners: number, shortestMs = 5_000): number {
  return grown(listeners, {
    fromListeners: 100,
    fromMs: shortestMs,
    toListeners: 10_000,
    toMs: Math.max(shortestMs, LONGEST_AUDIENCE_MS),
  });
}

/** The longest time between two publications of reactions and the pin if comments are read directly, in ms. */
const LONGEST_DIRECT_MS = 15_000;

/**
 * The time between two publications of a feed without a digest, in ms: as long as between two counts of the audience,
 * but at most 15 s. Reactions and hidden comments must not wait for the count of a large audience.
 */
export function directIntervalMs(listeners: number, shortestMs = 5_000): number {
  const longestMs = Math.max(shortestMs, LONGEST_DIRECT_MS);
  return Math.min(audienceIntervalMs(listeners, shortestMs), longestMs);
}

function grown(listeners: number, { fromListeners, fromMs, toListeners, toMs }: Growth): number {
  const share = Math.log(listeners / fromListeners) / Math.log(toListeners / fromListeners);
  if (!(share > 0)) return fromMs;
  return Math.round(fromMs + Math.min(1, share) * (toMs - fromMs));
}

/**
 * From this many comments per digest interval on, a digest costs each listener fewer reads than the comments. From
 * 10,000 listeners on, the number is lower, because the feed is published nearly as often without a digest.
 */
export function digestFromComments(listeners: number): number {
  return listeners < 10_000 ? 0.8 : 0.6;
}

/** A digest ends only well below that, so that the feed does not switch back and forth. */
export const DIRECT_BELOW_COMMENTS_PER_INTERVAL = 0.35;

/**
 * A digest lasts at least this many of its intervals. When it ends, each listener reads a page of 50 comments:
 * that costs a third as much again as 160 digests.
 */
export const DIGEST_LASTS_INTERVALS = 160;
