import type { Participant } from "@ambient/client";
import { useSubscribable, valueOf } from "../ambient/useSubscribable.js";
import { useLiveShow } from "../show/ShowContext.js";

const nobody: readonly Participant[] = [];

/** Those who are here, in the order of arrival. */
export function usePeople(): readonly Participant[] {
  const { show } = useLiveShow();
  return valueOf(
    useSubscribable(() => show.participants(), [show]),
    nobody,
  );
}
