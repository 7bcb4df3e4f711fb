import type { Setlist, ShowSummary } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { clockTime, spokenTime } from "../ui/format.js";
import { words } from "../words/words.js";
import { momentsOf } from "./momentsOf.js";

/** The moments of a show, each with what played then. */
export function Moments({
  showId,
  summary,
}: {
  readonly showId: string;
  readonly summary: ShowSummary;
}) {
  const { ambient } = useSession();
  const startedAt = useObservable(ambient.shows.show(showId)).value?.startedAt?.toMillis();
  const tracks = useObservable(ambient.shows.setlistOf(showId)).value?.tracks ?? [];
  const moments = momentsOf(summary.audience ?? [], summary);
  if (moments.length === 0) return null;
  return (
    <section class="card" aria-labelledby="moments">
      <h2 id="moments">{words.summary.moments}</h2>
      <dl class="moments">
        {moments.map(({ kind, fromMs, untilMs, people }) => {
          const track =
            startedAt === undefined
              ? undefined
              : trackBetween(tracks, startedAt + fromMs, startedAt + untilMs);
          return (
            <div key={kind}>
              <dt>
                <span aria-hidden="true">{clockTime(fromMs)}</span>
                <span class="visually-hidden">{words.summary.after(spokenTime(fromMs))}</span>
              </dt>
              <dd>
                <span class="row-title">
                  {words.summary.moment[kind](words.count.people(people))}
                </span>
                {track && <span class="muted small">{words.summary.played(track.name)}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

/** The first track that played in a span of time, in ms since the epoch. */
function trackBetween(tracks: Setlist["tracks"], from: number, to: number) {
  return tracks.find(
    ({ name, playedMs, startedAt }) => name !== "" && startedAt < to && startedAt + playedMs > from,
  );
}
