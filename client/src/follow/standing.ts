import type { PlaybackMoment } from "../../../functions/src/contract/playbackAt.js";
import type { Outcome } from "../player/outcome.js";
import type { CommandLatency } from "./commandLatency.js";
import type { Handover } from "./handover.js";
import { type Obstacle, outcomeOf } from "./obstacle.js";

/** How it stands with the listener's player, as far as is known. */
export type Standing =
  /** It plays nothing of ours. */
  | { readonly kind: "idle" }
  | Handed
  /** The listener, or his phone, paused it or chose something else there. */
  | { readonly kind: "stopped" }
  /** Spotify does not play this track here. */
  | { readonly kind: "unplayable"; readonly trackUri: string }
  | { readonly kind: "blocked"; readonly obstacle: Obstacle };

/** It plays what it was given. */
export interface Handed {
  readonly kind: "handed";
  readonly handover: Handover;
  /** The command that brought it here, until it was seen whether and when it arrived. */
  readonly unproven?: {
    readonly command: "play" | "seek";
    readonly latency: CommandLatency;
    readonly expectedMs: number;
  };
  /** The device slept: where the player is must be seen before anything is concluded from it. */
  readonly isLost: boolean;
}

/** What a listener is told. `now` is the device's monotonic clock. */
export function outcomeFor(
  moment: PlaybackMoment | undefined,
  standing: Standing,
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
      switch (standing.kind) {
        case "idle":
          return { kind: "starting" };
        case "handed":
          return { kind: "playing" };
        case "stopped":
          return { kind: "stopped" };
        case "unplayable":
          // Of the track before: the next one is about to be tried.
          return standing.trackUri === moment.trackUri
            ? { kind: "notPlayable", trackUri: standing.trackUri }
            : { kind: "starting" };
        case "blocked":
          return outcomeOf(standing.obstacle, now);
      }
  }
}
