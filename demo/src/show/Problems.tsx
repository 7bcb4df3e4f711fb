import { messageFor } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { Banner } from "../ui/Notice.js";

type ProblemList = Awaited<ReturnType<ReturnType<typeof useSession>["ambient"]["shows"]["check"]>>;

/** What would go wrong if the show started now. */
export function Problems({
  showId,
  trackCount,
}: {
  readonly showId: string;
  readonly trackCount: number;
}) {
  const { ambient } = useSession();
  const [problems, setProblems] = useState<ProblemList>([]);
  useEffect(() => {
    let isCurrent = true;
    // Without an answer nothing is said: starting says it again.
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
  if (problems.length === 0) return null;
  return (
    <Banner icon="settings" kind="warning">
      <ul class="plain-list">
        {problems.map(({ reason }) => (
          <li key={reason}>{messageFor(reason)}</li>
        ))}
      </ul>
    </Banner>
  );
}
