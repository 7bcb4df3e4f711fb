/**
 * Why Spotify does not do what a listener's phone asks of it. `restricted` is its word for what does not
 * fit: of `play` it means that the track cannot be played here.
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

export class SpotifyFailure extends Error {
  override readonly name = "SpotifyFailure";
  readonly reason: SpotifyFailureReason;
  /** With `rateLimited`, where it is known: how long to leave Spotify alone. */
  readonly retryAfterMs: number | undefined;

  constructor(reason: SpotifyFailureReason, retryAfterMs?: number) {
    super(`Spotify: ${reason}`);
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Anything else that is thrown is a connection that was lost, or as good as that. */
export function asSpotifyFailure(error: unknown): SpotifyFailure {
  return error instanceof SpotifyFailure ? error : new SpotifyFailure("unavailable");
}
