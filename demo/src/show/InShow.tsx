import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { isStaying, type Place, type Show } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useObservable } from "../ambient/useSubscribable.js";
import { LoadingPage } from "../ui/Notice.js";
import { Ended } from "./Ended.js";
import { LiveShowView } from "./LiveShowView.js";
import { CannotOpen } from "../app/CannotOpen.js";
import { Banned, Gone, OnAirAlready } from "./notices.js";

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
  const place = useObservable(stay.place);
  const own = place.showId === showId ? undefined : ownShowOnAir(place);
  const isFree = own === undefined;
  useEffect(() => {
    if (isFree) stay.enter(showId);
    return () => {
      stay.unwatch();
    };
  }, [stay, showId, isFree]);
  const again = () => {
    stay.enterAgain(showId);
  };
  if (own) return <OnAirAlready own={own} onLeave={again} />;
  if (place.showId !== showId || place.kind === "joining") {
    return <LoadingPage label="Joining the show" />;
  }
  if (place.kind === "refused") {
    switch (place.error.reason) {
      case "BANNED":
        return <Banned />;
      case "SHOW_NOT_LIVE":
        return <>{outside}</>;
      default:
        return <CannotOpen what="The show" error={place.error} onRetry={again} />;
    }
  }
  const { show, presence } = place;
  switch (presence.kind) {
    case "present":
    case "away":
      return <LiveShowView show={show} />;
    case "over":
      return <Ended show={show} endReason={presence.endReason} />;
    case "gone":
      return <Gone reason={presence.reason} title={show.details.current.title} onRejoin={again} />;
  }
}
