import type { ShowSummary } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { useViewFocus } from "../app/useViewFocus.js";
import { StepChart } from "../audience/StepChart.js";
import { Setlist } from "../music/Setlist.js";
import { amountText, clockTime, spokenTime } from "../ui/format.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { Moments } from "./Moments.js";
import { PastShows } from "./PastShows.js";
import { ShareButton } from "./ShareButton.js";
import { words } from "../words/words.js";

/** The creator's half of the side-by-side page, which can start another show for both halves. */
const isSideBySide = parent !== window;

/** The summary of the person's own show, after its end and on later visits. */
export function Summary({ showId, title }: { readonly showId: string; readonly title: string }) {
  const { ambient } = useSession();
  const found = useObservable(ambient.shows.summary(showId));
  const summary = found.value;
  const heading = useViewFocus("summary");
  return (
    <section class="page page-narrow summary" aria-labelledby="summary-title">
      <div>
        <p class="muted small" dir="auto">
          {title}
        </p>
        <h1 id="summary-title" ref={heading} tabIndex={-1}>
          {words.summary.title}
        </h1>
      </div>
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
        found.kind !== "failed" && <Skeleton rows={3} />
      )}
      {summary && <Curve summary={summary} />}
      {summary && <Moments showId={showId} summary={summary} />}
      <Setlist showId={showId} />
      <PastShows showId={showId} />
      <div class="actions">
        {isSideBySide && (
          <a class="button button-primary" href="#/on-air">
            <span>{words.sideBySide.again}</span>
          </a>
        )}
        <a class={`button button-${isSideBySide ? "plain" : "primary"}`} href="#/">
          <span>{words.common.done}</span>
        </a>
        <ShareButton showId={showId} title={title} />
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
      <h2 id="curve">{words.summary.audience}</h2>
      <StepChart
        samples={[...samples, { at: durationMs, listeners: last.listeners }]}
        peak={peak}
        label={words.summary.chart(
          spokenTime(durationMs),
          peak,
          words.count.people(last.listeners),
        )}
      />
      <p class="muted small chart-ends" aria-hidden="true">
        <span>{words.summary.start}</span>
        <span>{clockTime(durationMs)}</span>
      </p>
    </section>
  );
}

function figuresOf(summary: ShowSummary) {
  return [
    {
      label: words.summary.duration,
      value: clockTime(summary.durationMs),
      spoken: spokenTime(summary.durationMs),
    },
    { label: words.summary.joined, value: `${summary.listeners}` },
    { label: words.summary.peak, value: `${summary.peak}` },
    { label: words.summary.comments, value: `${summary.comments}` },
    { label: words.summary.onStage, value: `${summary.speakers}` },
    { label: words.summary.plays, value: `${summary.tracksPlayed}` },
    ...later(summary).flatMap(([label, value]) =>
      value === undefined ? [] : [{ label, value: `${value}` }],
    ),
    ...Object.entries(summary.support ?? {}).map(([currency, { amount, count }]) => ({
      label: words.summary.support(words.count.payments(count)),
      value: amountText({ amount, currency }),
    })),
  ].map((figure) => ({ spoken: undefined, ...figure }));
}

/** Older summaries lack these fields. */
function later(
  summary: ShowSummary,
): readonly (readonly [label: string, value: number | undefined])[] {
  const { listenerMinutes, newFollowers, reactions, saves, opens } = summary;
  const taps = reactions && Object.values(reactions).reduce((sum, each) => sum + each, 0);
  return [
    [words.summary.minutesListened, listenerMinutes],
    [words.summary.reactions, taps],
    [words.summary.newFollowers, newFollowers],
    [words.summary.saves, saves],
    [words.summary.opens, opens],
  ];
}
