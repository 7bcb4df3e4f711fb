import type { MusicFollower } from "@ambient/client";
import type { Sound } from "@ambient/react/audio";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { TonePlayer } from "../music/TonePlayer.js";

/** A show that the person is in, with its audio. */
export interface LiveShow extends Sound<TonePlayer> {
  /** Knows what plays, also while another tab or device plays it. */
  readonly music: MusicFollower | undefined;
}

export const ShowContext = createContext<LiveShow | undefined>(undefined);

export function useLiveShow(): LiveShow {
  const live = useContext(ShowContext);
  if (!live) throw new Error("useLiveShow needs a ShowContext around it");
  return live;
}
