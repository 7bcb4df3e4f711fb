import type { ComponentChildren } from "preact";
import { isStaying, type Place, type Show } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useObservable, useShow } from "@ambient/react";
import { LoadingPage } from "../ui/Notice.js";
import { Ended } from "./Ended.js";
import { LiveShowView } from "./LiveShowView.js";
import { CannotOpen } from "../app/CannotOpen.js";
import { Banned, Gone, OnAirAlready } from "./notices.js";
import { words } from "../words/words.js";

/** The creator's own live show, which they must not leave unasked. */
function ownShowOnAir(place: Place): Show | undefined {
  if (!isStaying(place)) return undefined;
  return place.show.me.current.role === "creator" ? place.show : undefined;
}

/** A show from joining to its end. */
export function InShow({
  showId,
  outside,
}: {
  readonly showId: string;
  /** Shown if the show ended while the person was joining. */
  readonly outside: ComponentChildren;
}) {
  const { stay } = useSession();
  const place = useObservable(stay.place).value;
  const own = place.showId === showId ? undefined : ownShowOnAir(place);
  const state = useShow(own ? undefined : showId);
  if (own) {
    const leaveOwn = () => {
      stay.enterAgain(showId);
    };
    return <OnAirAlready own={own} onLeave={leaveOwn} />;
  }
  switch (state.kind) {
    case "joining":
      return <LoadingPage label={words.show.joining} />;
    case "refused":
      switch (state.error.reason) {
        case "BANNED":
          return <Banned />;
        case "SHOW_NOT_LIVE":
          return <>{outside}</>;
        default:
          return <CannotOpen error={state.error} onRetry={state.retry} />;
      }
    case "in": {
      const { show, presence, retry } = state;
      switch (presence.kind) {
        case "present":
        case "away":
          return <LiveShowView show={show} />;
        case "over":
          return <Ended show={show} endReason={presence.endReason} />;
        case "gone":
          return (
            <Gone reason={presence.reason} title={show.details.current.title} onRejoin={retry} />
          );
      }
    }
  }
}
