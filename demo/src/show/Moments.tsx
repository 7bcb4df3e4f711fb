import type { Setlist, ShowSummary } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { clockTime, spokenTime } from "../ui/format.js";
import { words } from "../words/words.js";

/**
 * The minute with the largest audience, and what played then. The server keeps no times of comments and reactions after a
 * show, so there are no moments of those.
 */
export function Moments({
  showId,
  summary: { audience = [], durationMs, peak },
}: {
  readonly showId: string;
  readonly summary: ShowSummary;
}) {
  const { ambient } = useSession();
  const startedAt = useObservable(ambient.shows.show(showId)).value?.startedAt;
  const tracks = useObservable(ambient.shows.setlistOf(showId)).value?.tracks ?? [];
  const fullest = fullestMinute(audience);
  if (!fullest) return null;
  const atMs = fullest.minute * 60_000;
  // A point stands for its whole minute.
  const endMs = Math.min(atMs + 60_000, durationMs);
  const track =
    startedAt && trackBetween(tracks, startedAt.toMillis() + atMs, startedAt.toMillis() + endMs);
  return (
    <section class="card" aria-labelledby="moments">
      <h2 id="moments">{words.summary.moments}</h2>
      <dl class="moments">
        <div>
          <dt>
            <span aria-hidden="true">{clockTime(atMs)}</span>
            <span class="visually-hidden">{words.summary.after(spokenTime(atMs))}</span>
          </dt>
          <dd>
            <span class="row-title">{words.summary.mostListeners(words.count.people(peak))}</span>
            {track && <span class="muted small">{words.summary.played(track.name)}</span>}
          </dd>
        </div>
      </dl>
    </section>
  );
}

type Point = NonNullable<ShowSummary["audience"]>[number];

/** The first of the minutes with the largest audience; undefined if nobody came. A peak between two counts is not among them. */
function fullestMinute(audience: readonly Point[]): Point | undefined {
  const [fullest] = audience.toSorted((one, other) => other.listeners - one.listeners);
  return fullest && fullest.listeners > 0 ? fullest : undefined;
}

/** The first track that played in a span of time (ms since the epoch). */
function trackBetween(tracks: Setlist["tracks"], from: number, to: number) {
  return tracks.find(
    ({ name, playedMs, startedAt }) => name !== "" && startedAt < to && startedAt + playedMs > from,
  );
}
