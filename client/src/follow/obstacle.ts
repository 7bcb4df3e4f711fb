import type { Outcome } from "../player/outcome.js";
import type { PlayerDevice } from "../player/player.js";
import type { SpotifyFailureReason } from "../spotify/spotifyFailure.js";

/** Why the follower sends no commands, and until when. */
export interface Obstacle {
  readonly reason: Exclude<SpotifyFailureReason, "restricted">;
  /** On the device's monotonic clock. `Infinity`: only after the listener acted. */
  readonly retryAt: number;
  /** Whether a host's next act triggers another attempt. */
  readonly hostMayEndIt: boolean;
  /** With `noDevice`: the devices to choose from. */
  readonly devices?: readonly PlayerDevice[];
}

const PAUSES_MS = [5_000, 15_000, 30_000];
const LONGEST_PAUSE_MS = 60_000;
/** How long to wait if Spotify does not say: it counts requests over 30 s. */
const RATE_LIMIT_MS = 30_000;
/** Spotify does not say when a quota is renewed. Each attempt uses up more of it. */
const QUOTA_MS = 15 * 60_000;

/** `attempt`: the number of consecutive failures. */
export function obstacleAfter(
  reason: Obstacle["reason"],
  retryAfterMs: number | undefined,
  attempt: number,
  now: number,
): Obstacle {
  switch (reason) {
    case "noDevice":
    case "unavailable":
      return {
        reason,
        retryAt: now + (PAUSES_MS[attempt - 1] ?? LONGEST_PAUSE_MS),
        hostMayEndIt: true,
      };
    case "rateLimited":
      // The limit applies to all users of the app together, so an early attempt would affect the others.
      return { reason, retryAt: now + (retryAfterMs ?? RATE_LIMIT_MS), hostMayEndIt: false };
    case "quotaExceeded":
      return {
        reason,
        retryAt: now + Math.max(retryAfterMs ?? 0, QUOTA_MS),
        hostMayEndIt: false,
      };
    case "notPremium":
    case "notAllowListed":
    case "appMissing":
    case "relinkRequired":
      return { reason, retryAt: Infinity, hostMayEndIt: false };
  }
}

/** A limit also applies to a listener who tries again. */
export function isLimit(reason: SpotifyFailureReason): reason is "rateLimited" | "quotaExceeded" {
  return reason === "rateLimited" || reason === "quotaExceeded";
}

export function outcomeOf({ reason, retryAt, devices = [] }: Obstacle, now: number): Outcome {
  switch (reason) {
    case "rateLimited":
    case "quotaExceeded":
      return { kind: reason, retryAfterMs: Math.max(0, retryAt - now) };
    case "noDevice":
      return { kind: reason, devices };
    default:
      return { kind: reason };
  }
}
