import { asAmbientError, type AmbientError, type Show } from "@ambient/client";
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { enterShow } from "../ambient/showDoor.js";
import { useObservable } from "../ambient/useSubscribable.js";
import { LoadingPage } from "../ui/Notice.js";
import { Ended } from "./Ended.js";
import { LiveShowView } from "./LiveShowView.js";
import { Banned, CannotOpen, Gone } from "./notices.js";

type Entrance =
  | { readonly kind: "joining" }
  | { readonly kind: "in"; readonly show: Show }
  | { readonly kind: "refused"; readonly error: AmbientError };

/** From joining to whatever ends it. */
export function InShow({
  showId,
  outside,
}: {
  readonly showId: string;
  /** For one who comes when it has just ended. */
  readonly outside: ComponentChildren;
}) {
  const { ambient } = useSession();
  const [entrance, setEntrance] = useState<Entrance>({ kind: "joining" });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    let joined: Show | undefined;
    const leave = (show: Show) => {
      // Gone or over already: there is nothing left to leave.
      if (show.presence.current.kind === "present") show.leave().catch(() => undefined);
    };
    setEntrance({ kind: "joining" });
    enterShow(ambient, showId).then(
      (show) => {
        joined = show;
        if (isCurrent) setEntrance({ kind: "in", show });
        else leave(show);
      },
      (error: unknown) => {
        if (isCurrent) setEntrance({ kind: "refused", error: asAmbientError(error) });
      },
    );
    return () => {
      isCurrent = false;
      if (joined) leave(joined);
    };
  }, [ambient, showId, attempt]);
  const again = useCallback(() => {
    setAttempt((before) => before + 1);
  }, []);
  switch (entrance.kind) {
    case "joining":
      return <LoadingPage label="Joining the show" />;
    case "in":
      return <Joined show={entrance.show} onRejoin={again} />;
    case "refused":
      switch (entrance.error.reason) {
        case "BANNED":
          return <Banned />;
        case "SHOW_NOT_LIVE":
          return <>{outside}</>;
        default:
          return <CannotOpen error={entrance.error} onRetry={again} />;
      }
  }
}

function Joined({ show, onRejoin }: { readonly show: Show; readonly onRejoin: () => void }) {
  const presence = useObservable(show.presence);
  switch (presence.kind) {
    case "present":
      return <LiveShowView show={show} />;
    case "over":
      return <Ended show={show} endReason={presence.endReason} />;
    case "gone":
      return (
        <Gone reason={presence.reason} title={show.details.current.title} onRejoin={onRejoin} />
      );
  }
}
