import type { MusicFollower } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";
import { useLiveShow } from "../show/ShowContext.js";

const EVERY_MS = 250;

type Moment = ReturnType<MusicFollower["moment"]>;

/** What plays now, updated a few times a second. */
export function useMoment(): Moment {
  const { follower } = useLiveShow();
  const [moment, setMoment] = useState<Moment>(() => follower?.moment());
  useEffect(() => {
    const look = () => {
      setMoment(follower?.moment());
    };
    look();
    const timer = setInterval(look, EVERY_MS);
    const stop = follower?.subscribe(look);
    return () => {
      clearInterval(timer);
      stop?.();
    };
  }, [follower]);
  return moment;
}
