import type { ShowDetails } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useObservable, type Observation } from "@ambient/react";
import { CannotOpen } from "../app/CannotOpen.js";
import { LoadingPage } from "../ui/Notice.js";
import { BeforeShow } from "./BeforeShow.js";
import { ComingUp } from "./ComingUp.js";
import { InShow } from "./InShow.js";
import { Cancelled, NotFound, Over } from "./notices.js";
import { Summary } from "./Summary.js";
import { words } from "../words/words.js";

export { ShowSound } from "./ShowSound.js";

/** A show in any state. */
export function ShowPage({ showId }: { readonly showId: string }) {
  const { ambient, stay } = useSession();
  const known = useObservable(ambient.shows.show(showId));
  const status = known.kind === "known" ? known.value?.status : undefined;
  // After entering, a person stays in until they leave, so `InShow` shows the end.
  const hasEntered = useObservable(stay.state).value.showId === showId;
  const outside = <Outside showId={showId} known={known} />;
  return hasEntered || status === "live" ? <InShow showId={showId} outside={outside} /> : outside;
}

/** The show, for people who are not in it. */
function Outside({
  showId,
  known,
}: {
  readonly showId: string;
  readonly known: Observation<ShowDetails | undefined>;
}) {
  const { uid } = useSession();
  switch (known.kind) {
    case "loading":
      return <LoadingPage label={words.show.loading} />;
    case "failed":
      // Another person's draft looks like a missing show.
      return known.error.reason === "PERMISSION_DENIED" ? (
        <NotFound />
      ) : (
        <CannotOpen error={known.error} onRetry={known.retry} />
      );
    case "known": {
      const details = known.value;
      if (!details) return <NotFound />;
      if (details.status === "cancelled") return <Cancelled details={details} />;
      // The show has just gone live.
      if (details.status === "live") return <LoadingPage label={words.show.loading} />;
      const isMine = details.creatorUid === uid;
      if (details.status === "ended") {
        return isMine ? (
          <Summary showId={showId} title={details.title} />
        ) : (
          <Over details={details} />
        );
      }
      return isMine ? <BeforeShow details={details} /> : <ComingUp details={details} />;
    }
  }
}
