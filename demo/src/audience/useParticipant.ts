import type { Participant } from "@ambient/client";
import { useObservable, type Observation } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";

/** One participant, even if they are beyond the end of the people list. */
export function useParticipant(uid: string): Observation<Participant | undefined> {
  const { show } = useLiveShow();
  return useObservable(show.participant(uid));
}
