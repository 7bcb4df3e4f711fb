import type { Participant } from "@ambient/client";
import { useSubscribable, valueOf, type Known } from "../ambient/useSubscribable.js";
import { useLiveShow } from "../show/ShowContext.js";

const nobody: readonly Participant[] = [];
/** A list of thousands, which changes with each arrival, nobody reads. */
const MOST = 100;

/** Those who are here, in the order of arrival. */
export function usePeople(): {
  readonly people: Known<readonly Participant[]>;
  readonly listed: readonly Participant[];
  readonly hasMore: boolean;
} {
  const { show } = useLiveShow();
  // One more tells whether there are more.
  const people = useSubscribable(() => show.participants(MOST + 1), [show]);
  const found = valueOf(people, nobody);
  return { people, listed: found.slice(0, MOST), hasMore: found.length > MOST };
}
