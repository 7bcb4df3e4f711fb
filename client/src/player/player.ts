import type { Cancel } from "../clock/localClock.js";

/**
 * Metadata by which other releases of a recording are recognised.
 *
 * @example
 * ```ts
 * const recording: Recording = { name: "Harbour Lights", artists: ["The Low Tides"], durationMs: 214_000 };
 * ```
 */
export interface Recording {
  readonly name: string;
  readonly artists: readonly string[];
  readonly durationMs: number;
  /** The International Standard Recording Code. All releases of a recording share it. */
  readonly isrc?: string | undefined;
}

/**
 * The state of a player at one moment.
 *
 * @example
 * ```ts
 * const report: PlayerReport = {
 *   trackUri: "spotify:track:4uLU6hMCjMI75M1A2tKUQC",
 *   positionMs: 31_400,
 *   paused: false,
 *   at: deviceClock.monotonic(),
 *   errorMs: 60,
 * };
 * ```
 */
export interface PlayerReport {
  readonly trackUri: string | null;
  /**
   * What plays, if the player tells. In some countries, Spotify plays another release of a track, with another URI
   * (relinking), and apps in Spotify's development mode no longer learn which track was meant.
   */
  readonly recording?: Recording | undefined;
  readonly positionMs: number;
  readonly paused: boolean;
  /** The moment, on the device's monotonic clock. */
  readonly at: number;
  /** The largest error of the position. */
  readonly errorMs: number;
}

/**
 * A device on which the listener's Spotify can play.
 *
 * @example
 * ```ts
 * const label = ({ name, type }: PlayerDevice) => `${name} (${type})`;
 * ```
 */
export interface PlayerDevice {
  readonly id: string;
  readonly name: string;
  /** Spotify's type: `Smartphone`, `Computer`, `Speaker` and others. */
  readonly type: string;
}

/**
 * The listener's own Spotify, over the Web API or an SDK. Failures reject with an `AmbientError`, such as
 * `SPOTIFY_NO_DEVICE`; any other error counts as a lost connection.
 *
 * @example
 * ```ts
 * const player: PlayerAdapter = webApiPlayer(spotifyOf(ambient), deviceClock);
 * const follower = followMusic(show, player);
 * ```
 */
export interface PlayerAdapter {
  /** The largest number of tracks that `play` takes. */
  readonly longestList: number;
  /** A first estimate of how long a command takes to become audible. The follower measures the actual latency. */
  readonly typicalLatencyMs: { readonly play: number; readonly seek: number };
  /** How often the state may be read while everything works. */
  readonly reportEveryMs: number;
  /** How long after a command the reported state is unreliable. */
  readonly settlingMs: number;
  /**
   * Plays these tracks in order, the first from `positionMs`, in place of what played before. The list is the rest
   * of the playlist, so that a locked phone continues by itself. Resolves when the player has accepted it, which may
   * be before it is heard.
   */
  play(list: { readonly uris: readonly string[]; readonly positionMs: number }): Promise<void>;
  /** Pausing a paused player is not a failure. */
  pause(): Promise<void>;
  seek(positionMs: number): Promise<void>;
  /** Null: no player is active. */
  report(): Promise<PlayerReport | null>;
  /** For players that report changes. The state is then read. */
  subscribe?(listener: () => void): Cancel;
}
