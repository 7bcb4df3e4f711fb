import type { ShowProblem } from "@ambient/client";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { Banner } from "../ui/Notice.js";
import { messageOf } from "../words/words.js";

/** The problems that the show would have if it started now. */
export function Problems({
  showId,
  trackCount,
}: {
  readonly showId: string;
  readonly trackCount: number;
}) {
  const { ambient } = useSession();
  const [problems, setProblems] = useState<readonly ShowProblem[]>([]);
  useEffect(() => {
    let isCurrent = true;
    // A failed check shows nothing, because starting reports the same problems.
    ambient.shows.check(showId).then(
      (found) => {
        if (isCurrent) setProblems(found);
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [ambient, showId, trackCount]);
  return <ProblemList problems={problems} />;
}

/** Renders nothing if there is no problem. */
export function ProblemList({
  problems,
  actions,
}: {
  readonly problems: readonly ShowProblem[];
  readonly actions?: ComponentChildren;
}) {
  if (problems.length === 0) return null;
  return (
    <Banner icon="settings" kind="warning" actions={actions}>
      <ul class="plain-list">
        {problems.map(({ reason }) => (
          <li key={reason}>{messageOf(reason)}</li>
        ))}
      </ul>
    </Banner>
  );
}
