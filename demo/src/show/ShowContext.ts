import type { MusicFollower, Show } from "@ambient/client";
import type { ShowAudio } from "@ambient/client/audio";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { TonePlayer } from "../music/TonePlayer.js";

/** A show that the person is in, with its audio. */
export interface LiveShow {
  readonly show: Show;
  readonly audio: ShowAudio;
  /** Undefined while another tab of the same person plays the audio. */
  readonly follower: MusicFollower | undefined;
  readonly player: TonePlayer;
  /** Opens the audio again after it was closed. */
  readonly reopen: () => void;
}

export const ShowContext = createContext<LiveShow | undefined>(undefined);

export function useLiveShow(): LiveShow {
  const live = useContext(ShowContext);
  if (!live) throw new Error("useLiveShow needs a ShowContext around it");
  return live;
}
