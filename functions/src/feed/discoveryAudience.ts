import type { FeedDocument } from "../contract/feed.js";

type Audience = FeedDocument["audience"];

/**
 * The shortest time between two changes of a show's document, in ms. Lists of shows listen to these documents, and an
 * earlier change is not worth a read by each list.
 */
const SOONEST_MS = 30_000;

/** The time after which even a small difference is worth a read, in ms. */
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
