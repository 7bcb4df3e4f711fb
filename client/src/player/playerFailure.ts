/**
 * Why a listener's own player does not play. `restricted` is Spotify's word for a command that does
 * not fit: of `play` it means that the track cannot be played here.
 */
export type PlayerFailureReason =
  | "noDevice"
  | "notPremium"
  | "restricted"
  | "notAllowListed"
  | "appMissing"
  | "relinkRequired"
  | "rateLimited"
  | "unavailable";

export class PlayerFailure extends Error {
  override readonly name = "PlayerFailure";
  readonly reason: PlayerFailureReason;
  /** With `rateLimited`: how long to leave Spotify alone. */
  readonly retryAfterMs: number | undefined;

  constructor(reason: PlayerFailureReason, retryAfterMs?: number) {
    super(`the player: ${reason}`);
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Anything else that is thrown, a lost connection first of all. */
export function asPlayerFailure(error: unknown): PlayerFailure {
  return error instanceof PlayerFailure ? error : new PlayerFailure("unavailable");
}
