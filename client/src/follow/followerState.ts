import type { PlayerAdapter, PlayerReport } from "../player/player.js";
import type { SpotifyFailure } from "../spotify/spotifyFailure.js";
import type { CommandLatency } from "./commandLatency.js";
import type { Handover } from "./handover.js";
import type { PlayerState } from "./playerState.js";
import type { PlaybackSnapshot, PlaylistSnapshot, ShowMusic, SnapshotOrigin } from "./showMusic.js";

/**
 * Why a command was sent.
 *
 * - `show`: to follow the show, after joining or when a host acts
 * - `rest`: the player's list is about to run out
 * - `lost`: an earlier command had no effect
 * - `drift`: the player was off
 *
 * @example
 * ```ts
 * const isCorrection = (because: CommandReason) => because === "lost" || because === "drift";
 * ```
 */
export type CommandReason = "show" | "rest" | "lost" | "drift";

/** What a player declares about itself. */
export type PlayerTraits = Pick<
  PlayerAdapter,
  "longestList" | "typicalLatencyMs" | "reportEveryMs" | "settlingMs"
>;

/** A command that the player has not answered yet. */
export interface SentCommand {
  readonly kind: "play" | "seek";
  readonly because: CommandReason;
  /** Where the player will be when the command is audible. */
  readonly handover: Handover;
  readonly expectedMs: number;
  /** Whether the player may have been heard before. */
  readonly wasHeard: boolean;
}

/**
 * What was sent to the player, and what it answered. The channel carries one command at a time, because Spotify does not
 * guarantee their order. Only a pause is sent at once, because Spotify must not play over other audio. If a command may
 * arrive after the pause, the player is paused again.
 */
export interface PlayerChannel {
  readonly command: SentCommand | undefined;
  readonly isPausing: boolean;
  /** While the player's state is being read: `sent` at the time of the request. */
  readonly lookedAfter: number | undefined;
  /** How many commands were sent, so that a report from before a command is ignored. */
  readonly sent: number;
  readonly sentAt: number;
  readonly mayBeHeard: boolean;
  readonly pausesFailed: number;
  /** When to repeat a failed pause. */
  readonly pauseRetryAt: number;
  readonly isRateLimited: boolean;
  /** After leaving: when every earlier command must have taken effect; the player is then paused again. */
  readonly settledAt: number;
}

/** Everything that a follower knows. */
export interface FollowerState {
  /**
   * - `following`: the player is kept in step with the show
   * - `leaving`: the listener left; the player is paused, and a failed pause is repeated
   * - `released`: nothing is sent any more, because another device or the next show controls the player
   */
  readonly phase: "following" | "leaving" | "released";
  readonly traits: PlayerTraits;
  readonly music: ShowMusic;
  readonly channel: PlayerChannel;
  readonly playerState: PlayerState;
  /** The list in the last play command, whether or not it succeeded. */
  readonly handed: Handover["tracks"];
  /** The sequence of the last host's action that was sent to the player. */
  readonly sentSequence: number | undefined;
  /** The sequence for which the command was repeated. */
  readonly repeatedFor: number | undefined;
  readonly latency: { readonly play: CommandLatency; readonly seek: CommandLatency };
  /** By how much the player was ahead in the last reports. */
  readonly leads: readonly number[];
  /** Consecutive play commands that failed. */
  readonly failures: number;
  /** Consecutive reports of a player that plays none of our music. */
  readonly foreignReports: number;
  /** When to read the player's state next. */
  readonly lookAt: number;
  readonly correctedAt: number;
  /** What the interpreter has to do, in this order. Empty between two steps. */
  readonly commands: readonly Command[];
}

/** `mayBeHeard`: whether the music of an earlier show may still play. */
export function initialState(traits: PlayerTraits, mayBeHeard = false): FollowerState {
  return {
    phase: "following",
    traits,
    music: {},
    channel: {
      command: undefined,
      isPausing: false,
      lookedAfter: undefined,
      sent: 0,
      sentAt: -Infinity,
      mayBeHeard,
      pausesFailed: 0,
      pauseRetryAt: -Infinity,
      isRateLimited: false,
      settledAt: Infinity,
    },
    playerState: { kind: "idle" },
    handed: [],
    sentSequence: undefined,
    repeatedFor: undefined,
    latency: {
      play: { guessMs: traits.typicalLatencyMs.play, seen: [] },
      seek: { guessMs: traits.typicalLatencyMs.seek, seen: [] },
    },
    leads: [],
    failures: 0,
    foreignReports: 0,
    lookAt: Infinity,
    correctedAt: -Infinity,
    commands: [],
  };
}

/** What happens to a follower. */
export type FollowerEvent =
  | {
      readonly kind: "playback";
      readonly playback: PlaybackSnapshot;
      readonly origin?: SnapshotOrigin;
    }
  | { readonly kind: "playlist"; readonly playlist: PlaylistSnapshot | null }
  /** `isUnsure`: the device slept. */
  | { readonly kind: "clockChanged"; readonly isUnsure: boolean }
  | { readonly kind: "playerChanged" }
  /** The player answered a play or seek command. */
  | { readonly kind: "commandAnswered"; readonly failure?: SpotifyFailure }
  | { readonly kind: "pauseAnswered"; readonly failure?: SpotifyFailure }
  | { readonly kind: "reported"; readonly report: PlayerReport | null }
  | { readonly kind: "reportFailed"; readonly failure: SpotifyFailure }
  /** The listener tries again. */
  | { readonly kind: "resumed" }
  /** The app is in the foreground again. */
  | { readonly kind: "refreshed" }
  /** The time of the last `wake` command. */
  | { readonly kind: "woke" }
  | { readonly kind: "closed" }
  | { readonly kind: "released" };

/** What the interpreter does. It reports the player's answers as events. */
export type Command =
  | {
      readonly kind: "play";
      readonly because: CommandReason;
      readonly uris: readonly string[];
      readonly positionMs: number;
    }
  | { readonly kind: "seek"; readonly because: CommandReason; readonly positionMs: number }
  | { readonly kind: "pause" }
  | { readonly kind: "report" }
  /** Replaces the earlier wake-up. `Infinity`: none. */
  | { readonly kind: "wake"; readonly at: number };
