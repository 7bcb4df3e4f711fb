import type { Report } from "@ambient/client";
import { momentText } from "../ui/format.js";
import { AppealForm } from "./AppealForm.js";
import { DecisionForm } from "./DecisionForm.js";
import { words } from "../words/words.js";

/** A report, the reported content as it was then, and the form for the next step. */
export function ReportCard({
  report,
  onSettled,
}: {
  readonly report: Report;
  readonly onSettled: () => void;
}) {
  const { about, appeals, category, createdAt, decided, isUrgent, reason, reportId, state } =
    report;
  const { appealDecided } = report;
  const { categories, decisions, kinds } = words.moderation;
  return (
    <article class="card" aria-labelledby={`report-${reportId}`}>
      <div class="card-head">
        <h2 id={`report-${reportId}`}>
          {words.moderation.report(kinds[about.kind], ownerOf(report))}
        </h2>
        {isUrgent && <span class="tag tag-live">{words.moderation.urgent}</span>}
      </div>
      <Snapshot report={report} />
      <p>
        <strong>{categories[category]}:</strong> <bdi>{reason}</bdi>
      </p>
      <p class="muted small">{words.moderation.reportedAt(momentText(createdAt))}</p>
      {decided && (
        <p>
          <strong>{decisions[decided.decision]}:</strong> <bdi>{decided.reason}</bdi>
        </p>
      )}
      {appeals.map(({ uid, text }) => (
        <p key={uid}>
          <strong>
            {uid === report.reporterUid
              ? words.moderation.reporterAppeals
              : words.moderation.personAppeals}
            :
          </strong>{" "}
          <bdi>{text}</bdi>
        </p>
      ))}
      {appealDecided && (
        <p>
          <strong>{words.moderation.appealOutcome[appealDecided.outcome]}:</strong>{" "}
          <bdi>{appealDecided.reason}</bdi>
        </p>
      )}
      {state === "open" && <DecisionForm report={report} onSettled={onSettled} />}
      {state === "appealed" && <AppealForm report={report} onSettled={onSettled} />}
    </article>
  );
}

function ownerOf({ about, snapshot }: Report): string {
  const names = {
    comment: snapshot.comment?.author.displayName,
    profile: snapshot.profile?.displayName,
    show: snapshot.show?.creator.displayName,
  };
  return names[about.kind] ?? words.common.someone;
}

function Snapshot({ report: { about, snapshot } }: { readonly report: Report }) {
  const { comment, profile, show } = snapshot;
  switch (about.kind) {
    case "comment":
      return (
        <>
          <blockquote dir="auto">{comment?.text}</blockquote>
          {show && <p class="muted small">{words.moderation.inShow(show.title)}</p>}
        </>
      );
    case "profile":
      return (
        <blockquote>
          <p dir="auto">{profile?.bio === "" ? words.moderation.noBio : profile?.bio}</p>
          {/* As text: nobody should follow a reported link by accident. */}
          {profile?.links.map((link) => (
            <p key={link}>{link}</p>
          ))}
        </blockquote>
      );
    case "show":
      return (
        <blockquote>
          <p dir="auto">{show?.title}</p>
          <p dir="auto">{show?.description}</p>
        </blockquote>
      );
  }
}
