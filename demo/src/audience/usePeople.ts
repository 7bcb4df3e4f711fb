import type { Participant } from "@ambient/client";
import { useObservable, type Observation } from "@ambient/react";
import { useLiveShow } from "../show/ShowContext.js";

const nobody: readonly Participant[] = [];
/** Nobody reads a list of thousands that changes with each arrival. */
const MAX_LISTED = 100;

/** The people in the show, in order of arrival. */
export function usePeople(): {
  readonly people: Observation<readonly Participant[]>;
  readonly listed: readonly Participant[];
  readonly hasMore: boolean;
} {
  const { show } = useLiveShow();
  // One more, to know whether there are more.
  const people = useObservable(show.participants(MAX_LISTED + 1));
  const found = people.value ?? nobody;
  return { people, listed: found.slice(0, MAX_LISTED), hasMore: found.length > MAX_LISTED };
}
