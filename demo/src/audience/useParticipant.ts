import type { Participant } from "@ambient/client";
import { useSubscribable, type Known } from "../ambient/useSubscribable.js";
import { useLiveShow } from "../show/ShowContext.js";

/** One participant, even if they are beyond the end of the people list. */
export function useParticipant(uid: string): Known<Participant | undefined> {
  const { show } = useLiveShow();
  return useSubscribable(() => show.participant(uid), [show, uid]);
}
