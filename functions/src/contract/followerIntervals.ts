/** Firestore bills a count as one read per this many followers. */
const FOLLOWERS_PER_READ = 1_000;

/** Small creators see a new follower after this (ms). */
const MIN_INTERVAL_MS = 5_000;

/** No creator waits longer than this (ms) for a new number. */
const MAX_INTERVAL_MS = 3_600_000;

/**
 * How long a creator's number of followers stands before it is counted again (ms): in proportion to what a count costs, so
 * that a creator of any size costs at most one read in 5 s, and an hour at most.
 */
export function followerIntervalMs(followers: number): number {
  const reads = Math.max(1, followers / FOLLOWERS_PER_READ);
  return Math.round(Math.min(MAX_INTERVAL_MS, reads * MIN_INTERVAL_MS));
}
