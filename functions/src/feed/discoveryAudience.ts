import type { FeedDocument } from "../contract/feed.js";

type Audience = FeedDocument["audience"];

/** Lists of shows follow show documents: a change sooner than this is not worth a read by each list, in ms. */
const SOONEST_MS = 30_000;

/** After this time, in ms, a small difference is worth a read as well. */
const LATEST_MS = 5 * 60_000;

const VISIBLE_SHARE = 0.1;

/** Whether lists of shows would look different enough with the new count. */
export function isVisibleChange(shown: Audience, counted: Audience): boolean {
  const ageMs = counted.countedAt.toMillis() - shown.countedAt.toMillis();
  const difference = Math.abs(counted.listeners - shown.listeners);
  if (difference === 0 && counted.peak === shown.peak) return false;
  if (ageMs >= LATEST_MS) return true;
  return ageMs >= SOONEST_MS && difference > 0 && difference >= shown.listeners * VISIBLE_SHARE;
}
