import type { EndReason, Show, ShowSummary } from "@ambient/client";
import { useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { clockTime, spokenTime } from "../ui/format.js";
import { NoticePage, Skeleton } from "../ui/Notice.js";

export function Ended({
  show,
  endReason,
}: {
  readonly show: Show;
  readonly endReason: EndReason | undefined;
}) {
  return show.me.current.role === "creator" ? (
    <Summary show={show} />
  ) : (
    <Thanks show={show} endReason={endReason} />
  );
}

function Thanks({
  show,
  endReason,
}: {
  readonly show: Show;
  readonly endReason: EndReason | undefined;
}) {
  const { creator, title } = show.details.current;
  return (
    <NoticePage
      icon="moon"
      title="Thank you for listening"
      actions={
        <a class="button button-primary" href="#/">
          <span>See what is on</span>
        </a>
      }
    >
      <p>
        “{title}” is over.{" "}
        {endReason === "host_left"
          ? "The hosts have gone, and did not come back."
          : endReason === "ended_by_admin"
            ? "An admin has ended it."
            : `${creator.displayName} has ended it.`}
      </p>
    </NoticePage>
  );
}

function Summary({ show }: { readonly show: Show }) {
  const summary = valueOf(
    useSubscribable(() => show.summary, [show]),
    undefined,
  );
  const heading = useViewFocus("summary");
  return (
    <section class="page page-narrow summary" aria-labelledby="summary-title">
      <p class="muted">{show.details.current.title}</p>
      <h1 id="summary-title" ref={heading} tabIndex={-1}>
        That was your show
      </h1>
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
        <Skeleton rows={3} label="Counting" />
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
    { label: "Most at once", value: `${summary.peak}` },
    { label: "Comments", value: `${summary.comments}` },
    { label: "On stage", value: `${summary.speakers}` },
    { label: "Plays in Ambient", value: `${summary.tracksPlayed}` },
  ].map((figure) => ({ spoken: undefined, ...figure }));
}
