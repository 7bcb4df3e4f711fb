import type { Show } from "@ambient/client";
import { useObservable, useUnseen } from "@ambient/react";
import { createContext } from "preact";
import { useContext, useEffect, useLayoutEffect } from "preact/hooks";
import { useIsHost } from "./useIsHost.js";

/** What is new in the current show, on every view. */
export interface News {
  /** Other people's comments since the person last looked. They join with none, because they have missed nothing. */
  readonly comments: number;
  /** For hosts: the requests that wait for an answer. A look at them answers none. */
  readonly requests: number;
}

export const noNews: News = { comments: 0, requests: 0 };

export const NewsContext = createContext<{
  readonly news: News;
  readonly setLooking: (isLooking: boolean) => void;
}>({ news: noNews, setLooking: () => undefined });

/** What is new in the current show. `isLooking`: the person sees the comments. */
export function useNews(isLooking: boolean): News {
  const { news, setLooking } = useContext(NewsContext);
  useEffect(() => {
    setLooking(isLooking);
    return () => {
      setLooking(false);
    };
  }, [isLooking, setLooking]);
  return news;
}

/** Counts during the whole stay: a view forgets when the person leaves it. */
export function ShowNews({
  show,
  isLooking,
  onChange,
}: {
  readonly show: Show;
  readonly isLooking: boolean;
  readonly onChange: (news: News) => void;
}) {
  const isHost = useIsHost(show);
  const latest = useObservable(show.comments.latest).value;
  const requests = useObservable(isHost ? show.stage.requests() : undefined).value?.length ?? 0;
  const others = latest?.filter(({ authorUid }) => authorUid !== show.uid);
  const comments = useUnseen(
    others?.map(({ createdAt }) => createdAt.toMillis()),
    isLooking,
  );
  useLayoutEffect(() => {
    onChange({ comments, requests });
    return () => {
      onChange(noNews);
    };
  }, [comments, requests, onChange]);
  return null;
}
