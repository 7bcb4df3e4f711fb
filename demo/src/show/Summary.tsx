import { moneyText, type ShowSummary } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { useViewFocus } from "../app/useViewFocus.js";
import { StepChart } from "../audience/StepChart.js";
import { Setlist } from "../music/Setlist.js";
import { clockTime, counted, spokenTime } from "../ui/format.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { PastShows } from "./PastShows.js";

/** The summary of the person's own show, after its end and on later visits. */
export function Summary({ showId, title }: { readonly showId: string; readonly title: string }) {
  const { ambient } = useSession();
  const found = useObservable(ambient.shows.summary(showId));
  const summary = found.value;
  const heading = useViewFocus("summary");
  return (
    <section class="page page-narrow summary" aria-labelledby="summary-title">
      <p class="muted">{title}</p>
      <h1 id="summary-title" ref={heading} tabIndex={-1}>
        That was your show
      </h1>
      {found.kind === "failed" && <Refused error={found.error} />}
      {summary ? (
        <dl class="figures">
          {figuresOf(summary).map(({ label, value, spoken }) => (
            <div class="figure" key={label}>
              <dt>{label}</dt>
              <dd>
                <span aria-hidden={spoken !== undefined}>{value}</span>
                {spoken !== undefined && <span class="visually-hidden">{spoken}</span>}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        found.kind !== "failed" && <Skeleton rows={3} label="Counting" />
      )}
      {summary && <Curve summary={summary} />}
      <Setlist showId={showId} />
      <PastShows showId={showId} />
      <div class="actions">
        <a class="button button-primary" href="#/">
          <span>Done</span>
        </a>
      </div>
    </section>
  );
}

function Curve({ summary }: { readonly summary: ShowSummary }) {
  const { audience, durationMs, peak } = summary;
  const last = audience?.at(-1);
  if (!audience || !last) return null;
  const samples = audience.map(({ minute, listeners }) => ({ at: minute * 60_000, listeners }));
  return (
    <section class="card" aria-labelledby="curve">
      <h2 id="curve">Audience</h2>
      <StepChart
        samples={[...samples, { at: durationMs, listeners: last.listeners }]}
        peak={peak}
        label={`Audience over ${spokenTime(durationMs)}: peak ${peak}, ${counted(last.listeners, "listener")} at the end.`}
      />
      <p class="muted small chart-ends" aria-hidden="true">
        <span>start</span>
        <span>{clockTime(durationMs)}</span>
      </p>
    </section>
  );
}

function figuresOf(summary: ShowSummary) {
  return [
    {
      label: "On air",
      value: clockTime(summary.durationMs),
      spoken: spokenTime(summary.durationMs),
    },
    { label: "Listeners", value: `${summary.listeners}` },
    { label: "Peak", value: `${summary.peak}` },
    { label: "Comments", value: `${summary.comments}` },
    { label: "On stage", value: `${summary.speakers}` },
    { label: "Plays in Ambient", value: `${summary.tracksPlayed}` },
    ...later(summary).flatMap(([label, value]) =>
      value === undefined ? [] : [{ label, value: `${value}` }],
    ),
    ...Object.entries(summary.support ?? {}).map(([currency, { amount, count }]) => ({
      label: `Support (${counted(count, "payment")})`,
      value: moneyText({ amount, currency }),
    })),
  ].map((figure) => ({ spoken: undefined, ...figure }));
}

/** What older summaries lack. */
function later(
  summary: ShowSummary,
): readonly (readonly [label: string, value: number | undefined])[] {
  const { listenerMinutes, newFollowers, reactions, saves, opens } = summary;
  const taps = reactions && Object.values(reactions).reduce((sum, each) => sum + each, 0);
  return [
    ["Minutes listened", listenerMinutes],
    ["Reactions", taps],
    ["New followers", newFollowers],
    ["Saved in Spotify", saves],
    ["Opened in Spotify", opens],
  ];
}
