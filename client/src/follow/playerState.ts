import type { PlaybackMoment } from "../../../functions/src/contract/playbackAt.js";
import type { Outcome } from "../player/outcome.js";
import type { Handover } from "./handover.js";
import { type Obstacle, outcomeOf } from "./obstacle.js";

/** The last known state of the listener's player. */
export type PlayerState =
  /** It plays none of our music. */
  | { readonly kind: "idle" }
  | Handed
  /** The listener or their phone paused it, or chose other music in Spotify. */
  | { readonly kind: "stopped" }
  /** Spotify cannot play this track here. */
  | { readonly kind: "unplayable"; readonly trackUri: string }
  | { readonly kind: "blocked"; readonly obstacle: Obstacle };

/** It plays the list that it received. */
export interface Handed {
  readonly kind: "handed";
  readonly handover: Handover;
  /** The last command, until a report shows when it took effect. */
  readonly unproven?: {
    readonly command: "play" | "seek";
    readonly expectedMs: number;
  };
  /** The device slept, so the position must be read from the player first. */
  readonly isLost: boolean;
}

/** The outcome for the listener. `now` is on the device's monotonic clock. */
export function outcomeFor(
  moment: PlaybackMoment | undefined,
  playerState: PlayerState,
  now: number,
): Outcome {
  switch (moment?.kind) {
    case undefined:
      return { kind: "waiting" };
    case "talk":
    case "idle":
    case "over":
      return { kind: "silent", because: moment.kind };
    case "paused":
      return { kind: "paused" };
    case "playing":
      switch (playerState.kind) {
        case "idle":
          return { kind: "starting" };
        case "handed":
          return { kind: "playing" };
        case "stopped":
          return { kind: "stopped" };
        case "unplayable":
          // The previous track was unplayable; this one is about to be tried.
          return playerState.trackUri === moment.trackUri
            ? { kind: "notPlayable", trackUri: playerState.trackUri }
            : { kind: "starting" };
        case "blocked":
          return outcomeOf(playerState.obstacle, now);
      }
  }
}
