import { AmbientError, asAmbientError, type ErrorDetails } from "../errors/ambientError.js";
import type { AmbientReason } from "../errors/reason.js";
import type { PlayerDevice } from "../player/player.js";

/**
 * Why Spotify rejects a command. `restricted`, after `play`, means that the track cannot be played here. After
 * `rateLimited`, a retry helps within a minute; after `quotaExceeded`, the quota that all apps of the developer account share
 * is used up, so a retry costs everyone and helps much later, if at all.
 */
export type SpotifyFailureReason = (typeof spotifyReasons)[number];

const spotifyReasons = [
  "noDevice",
  "notPremium",
  "restricted",
  "notAllowListed",
  "appMissing",
  "relinkRequired",
  "rateLimited",
  "quotaExceeded",
  "unavailable",
] as const;

const reasons: Readonly<Record<SpotifyFailureReason, AmbientReason>> = {
  noDevice: "SPOTIFY_NO_DEVICE",
  notPremium: "SPOTIFY_NOT_PREMIUM",
  restricted: "SPOTIFY_RESTRICTED",
  notAllowListed: "SPOTIFY_NOT_ALLOWED",
  appMissing: "SPOTIFY_APP_MISSING",
  relinkRequired: "SPOTIFY_RELINK_REQUIRED",
  rateLimited: "SPOTIFY_RATE_LIMITED",
  quotaExceeded: "SPOTIFY_QUOTA_EXCEEDED",
  unavailable: "SPOTIFY_UNAVAILABLE",
};

/** An error of a player, as the follower judges it: its reasons are those of the outcomes. */
export interface SpotifyFailure {
  readonly reason: SpotifyFailureReason;
  /** With `rateLimited` and `quotaExceeded`: how many milliseconds to wait, if known. */
  readonly retryAfterMs: number | undefined;
  /** With `noDevice`: the devices that the listener can choose from. */
  readonly devices: readonly PlayerDevice[];
}

/** Any other error counts as a lost connection. */
export function asSpotifyFailure(error: unknown): SpotifyFailure {
  const { reason, retryAfterSeconds, details } = asAmbientError(error);
  return {
    reason: spotifyReasons.find((each) => reasons[each] === reason) ?? "unavailable",
    retryAfterMs: retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000,
    devices: details.devices ?? [],
  };
}

/** The error that apps receive for this reason. */
export function spotifyError(
  reason: SpotifyFailureReason,
  details: ErrorDetails = {},
  cause?: unknown,
): AmbientError {
  return new AmbientError(reasons[reason], { details, cause });
}
