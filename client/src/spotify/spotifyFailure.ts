import type { PlayerDevice } from "../player/player.js";

/**
 * Why Spotify does not do what a listener's phone asks of it. `restricted` is its word for what does not
 * fit: of `play` it means that the track cannot be played here.
 *
 * @example
 * ```ts
 * const isOver = (reason: SpotifyFailureReason) => reason === "relinkRequired";
 * ```
 */
export type SpotifyFailureReason =
  | "noDevice"
  | "notPremium"
  | "restricted"
  | "notAllowListed"
  | "appMissing"
  | "relinkRequired"
  | "rateLimited"
  | "unavailable";

/**
 * What a player, and all that asks Spotify, rejects with.
 *
 * @example
 * ```ts
 * try {
 *   await saveToLibrary(spotifyOf(ambient), [track.uri]);
 * } catch (error) {
 *   if (error instanceof SpotifyFailure && error.reason === "relinkRequired") openSignIn();
 *   else throw error;
 * }
 * ```
 */
export class SpotifyFailure extends Error {
  /**
   * For code that has the failure from another copy of this package.
   *
   * @example
   * ```ts
   * const isSpotifys = (thrown: unknown) => thrown instanceof Error && thrown.name === "SpotifyFailure";
   * ```
   */
  override readonly name = "SpotifyFailure";
  /**
   * What keeps Spotify from doing it.
   *
   * @example
   * ```ts
   * const isForGood = ({ reason }: SpotifyFailure) => reason === "notPremium";
   * ```
   */
  readonly reason: SpotifyFailureReason;
  /**
   * With `rateLimited`, where it is known: how long to leave Spotify alone, in milliseconds.
   *
   * @example
   * ```ts
   * const waitMs = ({ retryAfterMs }: SpotifyFailure) => retryAfterMs ?? 1_000;
   * ```
   */
  readonly retryAfterMs: number | undefined;

  /**
   * With `noDevice`: those of which the listener has to choose one.
   *
   * @example
   * ```ts
   * const names = ({ devices }: SpotifyFailure) => devices.map(({ name }) => name);
   * ```
   */
  readonly devices: readonly PlayerDevice[];

  constructor(
    reason: SpotifyFailureReason,
    retryAfterMs?: number,
    devices: readonly PlayerDevice[] = [],
  ) {
    super(`Spotify: ${reason}`);
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
    this.devices = devices;
  }
}

/** Anything else that is thrown is a connection that was lost, or as good as that. */
export function asSpotifyFailure(error: unknown): SpotifyFailure {
  return error instanceof SpotifyFailure ? error : new SpotifyFailure("unavailable");
}
