import type { MusicFollower, Show, ShowAudio } from "@ambient/client";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { TonePlayer } from "../music/TonePlayer.js";

/** A show that one is in, with its sound. */
export interface LiveShow {
  readonly show: Show;
  readonly audio: ShowAudio;
  /** None while another tab of the same person has the sound. */
  readonly follower: MusicFollower | undefined;
  readonly player: TonePlayer;
  /** Opens the sound anew where it was given up. */
  readonly reopen: () => void;
}

export const ShowContext = createContext<LiveShow | undefined>(undefined);

export function useLiveShow(): LiveShow {
  const live = useContext(ShowContext);
  if (!live) throw new Error("there is no show around this component");
  return live;
}
