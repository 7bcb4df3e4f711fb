import type { Participant } from "@ambient/client";
import { useSubscribable, type Known } from "../ambient/useSubscribable.js";
import { useLiveShow } from "../show/ShowContext.js";

/** One person of a crowd, in which a list of people ends before him. */
export function useParticipant(uid: string): Known<Participant | undefined> {
  const { show } = useLiveShow();
  return useSubscribable(() => show.participant(uid), [show, uid]);
}
