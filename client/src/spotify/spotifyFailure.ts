import type { PlayerDevice } from "../player/player.js";

/**
 * Why Spotify rejects a command. `restricted`, after `play`, means that the track cannot be played here. After
 * `rateLimited`, a retry helps within a minute; after `quotaExceeded`, the quota that all apps of the developer account share
 * is used up, so a retry costs everyone and helps much later, if at all.
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
  | "quotaExceeded"
  | "unavailable";

/**
 * The error that players and other calls to Spotify reject with.
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
   * Identifies the failure if it comes from another copy of this package.
   *
   * @example
   * ```ts
   * const isSpotifys = (thrown: unknown) => thrown instanceof Error && thrown.name === "SpotifyFailure";
   * ```
   */
  override readonly name = "SpotifyFailure";
  /**
   * Why Spotify rejected it.
   *
   * @example
   * ```ts
   * const isForGood = ({ reason }: SpotifyFailure) => reason === "notPremium";
   * ```
   */
  readonly reason: SpotifyFailureReason;
  /**
   * With `rateLimited` and `quotaExceeded`: how many milliseconds to wait, if known. Web pages never know: Spotify does
   * not let them read `Retry-After`.
   *
   * @example
   * ```ts
   * const waitMs = ({ retryAfterMs }: SpotifyFailure) => retryAfterMs ?? 30_000;
   * ```
   */
  readonly retryAfterMs: number | undefined;

  /**
   * With `noDevice`: the devices that the listener can choose from.
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

/** Any other error counts as a lost connection. */
export function asSpotifyFailure(error: unknown): SpotifyFailure {
  return error instanceof SpotifyFailure ? error : new SpotifyFailure("unavailable");
}
