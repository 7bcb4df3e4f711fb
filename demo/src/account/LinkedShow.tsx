import { useEffect, useState } from "preact/hooks";
import { sharedShowFacts, type SharedShowFacts } from "../../../functions/src/contract/sharing.js";
import { words } from "../words/words.js";
import { momentText } from "../ui/format.js";
import { LiveBadge } from "../ui/LiveBadge.js";

/** The show of a link that was opened without being signed in. Null: there is none, or it is not public. */
export function useLinkedShow(showId: string | undefined): SharedShowFacts | null | undefined {
  const [show, setShow] = useState<SharedShowFacts | null>();
  useEffect(() => {
    if (showId === undefined) return undefined;
    const stop = new AbortController();
    const path = `/s/${encodeURIComponent(showId)}/show.json`;
    readShow(path, stop.signal).then(setShow, () => undefined);
    return () => {
      stop.abort();
    };
  }, [showId]);
  return show;
}

async function readShow(path: string, signal: AbortSignal): Promise<SharedShowFacts | null> {
  const answer = await fetch(path, { signal });
  return answer.status === 404 ? null : sharedShowFacts.parse(await answer.json());
}

export function LinkedShowHead({ show }: { readonly show: SharedShowFacts }) {
  const { creatorName, status, title } = show;
  return (
    <>
      <p class="show-facts">
        {status === "live" ? <LiveBadge /> : <span class="muted">{stateOf(show)}</span>}
      </p>
      <h1 id="hero" dir="auto">
        {title}
      </h1>
      <p class="lead">
        {words.common.with} <bdi>{creatorName}</bdi>
      </p>
      <p class="muted">{invitationTo(show)}</p>
    </>
  );
}

function invitationTo({ status }: SharedShowFacts): string {
  switch (status) {
    case "ended":
      return words.start.linkedEnded;
    case "cancelled":
      return words.start.linkedCancelled;
    default:
      return words.start.linked;
  }
}

function stateOf({ scheduledFor, status }: SharedShowFacts): string {
  return status === "scheduled" && scheduledFor !== null
    ? momentText(scheduledFor)
    : words.discover.status[status];
}
