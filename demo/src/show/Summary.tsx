import type { ShowSummary } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { clockTime, spokenTime } from "../ui/format.js";
import { Refused, Skeleton } from "../ui/Notice.js";

/** The summary of the person's own show, after its end and on later visits. */
export function Summary({ showId, title }: { readonly showId: string; readonly title: string }) {
  const { ambient } = useSession();
  const found = useSubscribable(() => ambient.shows.summary(showId), [ambient, showId]);
  const summary = valueOf(found, undefined);
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
      <div class="actions">
        <a class="button button-primary" href="#/">
          <span>Done</span>
        </a>
      </div>
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
  ].map((figure) => ({ spoken: undefined, ...figure }));
}
