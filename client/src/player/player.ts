import type { Cancel } from "../clock/localClock.js";

/**
 * What a player did at one moment.
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
  readonly positionMs: number;
  readonly paused: boolean;
  /** When that was, by the device's monotonic clock. */
  readonly at: number;
  /** How far off the position may be. */
  readonly errorMs: number;
}

/**
 * Where the listener's Spotify can play.
 *
 * @example
 * ```ts
 * const label = ({ name, type }: PlayerDevice) => `${name} (${type})`;
 * ```
 */
export interface PlayerDevice {
  readonly id: string;
  readonly name: string;
  /** In Spotify's words: `Smartphone`, `Computer`, `Speaker` and more. */
  readonly type: string;
}

/**
 * The listener's own Spotify, over the Web API or an SDK. Whatever fails rejects with a SpotifyFailure.
 *
 * @example
 * ```ts
 * const player: PlayerAdapter = webApiPlayer(spotifyOf(ambient), deviceClock);
 * const follower = followMusic(show, player);
 * ```
 */
export interface PlayerAdapter {
  /** The most tracks that one `play` takes. */
  readonly longestList: number;
  /** How long after a command its effect is heard, roughly: the follower learns what it is on this phone. */
  readonly typicalLatencyMs: { readonly play: number; readonly seek: number };
  /** How often it may be asked what it does, while all is well. */
  readonly reportEveryMs: number;
  /** So long after a command, what it says of itself is not to be relied on. */
  readonly settlingMs: number;
  /**
   * Plays these one after the other, the first from `positionMs`, whatever played before. It gets the
   * rest of the playlist, so that a locked phone goes on to the next track by itself. Resolves when the
   * player has taken it; when it is heard is another matter.
   */
  play(list: { readonly uris: readonly string[]; readonly positionMs: number }): Promise<void>;
  /** Pausing what is paused is no failure. */
  pause(): Promise<void>;
  seek(positionMs: number): Promise<void>;
  /** Null: there is no player that does anything. */
  report(): Promise<PlayerReport | null>;
  /** Where a player tells by itself that something changed: it is then asked what. */
  subscribe?(listener: () => void): Cancel;
}
