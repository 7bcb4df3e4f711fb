import type { Participant } from "@ambient/client";
import { useSubscribable, valueOf, type Known } from "../ambient/useSubscribable.js";
import { useLiveShow } from "../show/ShowContext.js";

const nobody: readonly Participant[] = [];
/** Nobody reads a list of thousands that changes with each arrival. */
const MAX_LISTED = 100;

/** The people in the show, in order of arrival. */
export function usePeople(): {
  readonly people: Known<readonly Participant[]>;
  readonly listed: readonly Participant[];
  readonly hasMore: boolean;
} {
  const { show } = useLiveShow();
  // One more, to know whether there are more.
  const people = useSubscribable(() => show.participants(MAX_LISTED + 1), [show]);
  const found = valueOf(people, nobody);
  return { people, listed: found.slice(0, MAX_LISTED), hasMore: found.length > MAX_LISTED };
}
