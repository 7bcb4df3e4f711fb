import type { ShowDetails } from "../shows/showDetails.js";

/** A show that has just begun ranks as if it had eight times as many listeners. */
const FRESHNESS = 3;

/** The time after which half of that is left, in ms. */
const FRESH_MS = 20 * 60_000;

/** A show by a creator whom the person follows ranks as if it had sixteen times as many listeners. */
const FOLLOWED = 4;

/** What the order of live shows depends on, besides the shows. */
interface Ranking {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly followed: ReadonlySet<string>;
}

/** Live shows in the order in which to show them. One point is a doubled audience. */
export function rankLive(shows: readonly ShowDetails[], ranking: Ranking): readonly ShowDetails[] {
  const scored = shows.map((show) => ({ show, score: scoreOf(show, ranking) }));
  // The id decides between equals, so that the order does not flicker.
  return scored
    .sort((a, b) => b.score - a.score || (a.show.id < b.show.id ? -1 : 1))
    .map(({ show }) => show);
}

function scoreOf({ audience, creatorUid, startedAt }: ShowDetails, { now, followed }: Ranking) {
  const ageMs = startedAt ? Math.max(0, now - startedAt.toMillis()) : Infinity;
  return (
    Math.log2(1 + (audience?.listeners ?? 0)) +
    FRESHNESS * 0.5 ** (ageMs / FRESH_MS) +
    (followed.has(creatorUid) ? FOLLOWED : 0)
  );
}
