import type { Outcome } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";
import { useLiveShow } from "../show/ShowContext.js";

/** The result of the show's music on this page, if it is followed here. */
export function useOutcome(): Outcome | undefined {
  const { follower } = useLiveShow();
  const [outcome, setOutcome] = useState(() => follower?.current.outcome);
  useEffect(() => {
    setOutcome(follower?.current.outcome);
    return follower?.subscribe((music) => {
      setOutcome(music.outcome);
    });
  }, [follower]);
  return outcome;
}
