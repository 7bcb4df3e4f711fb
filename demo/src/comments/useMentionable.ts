import type { Comment } from "@ambient/client";
import { useObservable } from "@ambient/react";
import { usePeople } from "../audience/usePeople.js";
import { useLiveShow } from "../show/ShowContext.js";
import type { Person } from "./mentionQuery.js";

/** The people in the show whom a comment can mention, and everyone's name as far as this device knows it. */
export function useMentionable(comments: readonly Comment[]): {
  readonly people: readonly Person[];
  readonly nameOf: ReadonlyMap<string, string>;
} {
  const { show } = useLiveShow();
  const { listed, hasMore } = usePeople();
  const onStage = useObservable(show.stage.people).value ?? [];
  const authors = new Map(
    comments.map(({ authorUid, author }) => [authorUid, author.displayName] as const),
  );
  const present = new Map(
    [...onStage, ...listed].map(({ uid, displayName }) => [uid, displayName] as const),
  );
  // In a crowd, those who comment are rarely among the first who arrived.
  const known = hasMore ? new Map([...present, ...authors]) : present;
  return {
    people: [...known].filter(([uid]) => uid !== show.uid).map(([uid, name]) => ({ uid, name })),
    nameOf: new Map([...authors, ...present]),
  };
}
