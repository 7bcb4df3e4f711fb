/** Firestore bills a count as one read per this many followers. */
const FOLLOWERS_PER_READ = 1_000;

/** How long small creators wait for a new number, in ms. */
const MIN_INTERVAL_MS = 5_000;

/** The longest that a creator waits for a new number, in ms. */
const MAX_INTERVAL_MS = 3_600_000;

/**
 * The time between two counts of a creator's followers, in ms: in proportion to the cost of a count, so that a creator
 * of any size costs at most one read in 5 s. At most an hour.
 */
export function followerIntervalMs(followers: number): number {
  const reads = Math.max(1, followers / FOLLOWERS_PER_READ);
  return Math.round(Math.min(MAX_INTERVAL_MS, reads * MIN_INTERVAL_MS));
}
