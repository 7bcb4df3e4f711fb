import type {
  MusicFollower,
  Outcome,
  Playback,
  PlaybackMoment,
  Playlist,
  Show,
} from "@ambient/client/core";
import { useEffect, useReducer } from "react";
import { useObservable, type Observation } from "./useObservable.js";

/**
 * The music of a show.
 *
 * @example
 * ```ts
 * const isMusic = ({ playback }: MusicView) => playback.value?.mode === "music";
 * ```
 */
export interface MusicView {
  readonly playback: Observation<Playback | undefined>;
  readonly playlist: Observation<Playlist | undefined>;
  /** The result on this device; undefined if it is not followed here. */
  readonly outcome: Outcome | undefined;
}

/**
 * What a show plays and, with its follower, whether it is heard here. Act with `show.music` in a `useAction`.
 *
 * @example
 * ```ts
 * const { playback, playlist, outcome } = useMusic(show, follower);
 * ```
 */
export function useMusic(show: Show, follower?: MusicFollower): MusicView {
  return {
    playback: useObservable(show.music.playback),
    playlist: useObservable(show.music.playlist),
    outcome: useObservable(follower).value?.outcome,
  };
}

/** Often enough for a progress bar. */
const EVERY_MS = 250;

/**
 * What plays now, updated a few times a second, for a progress bar.
 *
 * @example
 * ```ts
 * const moment = useMoment(follower);
 * ```
 */
export function useMoment(follower: MusicFollower | undefined): PlaybackMoment | undefined {
  // A follower reports each new phase by itself, so that only progress needs a timer.
  const moment = useObservable(follower).value?.moment;
  const isPlaying = moment?.kind === "playing";
  const [, progress] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!isPlaying) return undefined;
    const timer = setInterval(progress, EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isPlaying]);
  return isPlaying ? follower?.moment() : moment;
}
