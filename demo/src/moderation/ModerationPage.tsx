import { asAmbientError, type AmbientError, type Report } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { ToDiscover } from "../app/ToDiscover.js";
import { useViewFocus } from "../app/useViewFocus.js";
import { Button } from "../ui/Button.js";
import { Choice } from "../ui/Field.js";
import { Empty, NoticePage, Refused, Skeleton } from "../ui/Notice.js";
import { ReportCard } from "./ReportCard.js";
import { words } from "../words/words.js";

type State = Report["state"];

const states: readonly State[] = ["open", "appealed", "resolved", "closed"];

interface Queue {
  readonly reports: readonly Report[];
  readonly cursor: string | null;
}

/** The admins' queue: urgent reports first, then the oldest. */
export function ModerationPage() {
  const [state, setState] = useState<State>("open");
  const { queue, failure, settle, more } = useReports(state);
  const { isPending, error, run } = useAction();
  const heading = useViewFocus("moderation");
  if (failure?.reason === "NOT_ADMIN") {
    return (
      <NoticePage icon="close" title={words.moderation.adminsOnly} actions={<ToDiscover />}>
        <p>{words.moderation.adminsOnlyHint}</p>
      </NoticePage>
    );
  }
  return (
    <div class="page page-narrow">
      <h1 ref={heading} tabIndex={-1}>
        {words.moderation.title}
      </h1>
      <Choice
        label={words.moderation.status}
        value={state}
        options={states.map((value) => ({ value, text: words.moderation.state[value] }))}
        onChange={setState}
      />
      <Refused error={failure} />
      {!queue && !failure && <Skeleton rows={4} />}
      {queue?.reports.length === 0 && <Empty icon="people" title={words.moderation.none} />}
      {queue?.reports.map((report) => (
        <ReportCard
          key={report.reportId}
          report={report}
          onSettled={() => {
            settle(report.reportId);
          }}
        />
      ))}
      {queue && queue.cursor !== null && (
        <Button
          isBusy={isPending}
          onClick={() => {
            run(more);
          }}
        >
          {words.moderation.more}
        </Button>
      )}
      <Refused error={error} />
    </div>
  );
}

/** The reports in one state, page after page. */
function useReports(state: State) {
  const { ambient } = useSession();
  const [queue, setQueue] = useState<Queue>();
  const [failure, setFailure] = useState<AmbientError>();
  useEffect(() => {
    let isShown = true;
    setQueue(undefined);
    setFailure(undefined);
    ambient.admin.reports({ state }).then(
      (found) => {
        if (isShown) setQueue(found);
      },
      (thrown: unknown) => {
        if (isShown) setFailure(asAmbientError(thrown));
      },
    );
    return () => {
      isShown = false;
    };
  }, [ambient, state]);
  return {
    queue,
    failure,
    /** Takes a report out of the list, because it is in another state now. */
    settle: (reportId: string) => {
      if (!queue) return;
      setQueue({ ...queue, reports: queue.reports.filter((each) => each.reportId !== reportId) });
    },
    more: async () => {
      if (!queue || queue.cursor === null) return;
      const next = await ambient.admin.reports({ state, cursor: queue.cursor });
      setQueue({ ...next, reports: [...queue.reports, ...next.reports] });
    },
  };
}
