import type { ComponentChildren } from "preact";
import { useShow } from "@ambient/react";
import { LoadingPage } from "../ui/Notice.js";
import { Ended } from "./Ended.js";
import { LiveShowView } from "./LiveShowView.js";
import { CannotOpen } from "../app/CannotOpen.js";
import { Banned, Gone, OnAirAlready } from "./notices.js";
import { words } from "../words/words.js";

/** A show from joining to its end. */
export function InShow({
  showId,
  outside,
}: {
  readonly showId: string;
  /** Shown if the show ended while the person was joining. */
  readonly outside: ComponentChildren;
}) {
  const state = useShow(showId);
  switch (state.kind) {
    case "joining":
      return <LoadingPage label={words.show.joining} />;
    case "onAir":
      return <OnAirAlready own={state.own} onLeave={state.retry} />;
    case "outside":
      return <Gone reason="NOT_PARTICIPANT" title="" onRejoin={state.retry} />;
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
