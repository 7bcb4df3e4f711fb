import type { Outcome } from "../player/outcome.js";
import type { PlayerDevice } from "../player/player.js";
import type { SpotifyFailureReason } from "../spotify/spotifyFailure.js";

/** Why the player was not told to play any more, and until when. */
export interface Obstacle {
  readonly reason: Exclude<SpotifyFailureReason, "restricted">;
  /** By the device's monotonic clock; `Infinity`: not before the listener did something about it. */
  readonly retryAt: number;
  /** Whether a host's next act is a reason to try at once. */
  readonly hostMayEndIt: boolean;
  /** With `noDevice`: those of which the listener has to choose one. */
  readonly devices?: readonly PlayerDevice[];
}

const PAUSES_MS = [5_000, 15_000, 30_000];
const LONGEST_PAUSE_MS = 60_000;
/** Spotify counts over 30 s: what to wait when it does not say. */
const RATE_LIMIT_MS = 30_000;

/** `attempt`: how many times in a row it has failed now. */
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
      // Everybody's requests count together: asking again sooner would cost the others.
      return { reason, retryAt: now + (retryAfterMs ?? RATE_LIMIT_MS), hostMayEndIt: false };
    case "notPremium":
    case "notAllowListed":
    case "appMissing":
    case "relinkRequired":
      return { reason, retryAt: Infinity, hostMayEndIt: false };
  }
}

export function outcomeOf({ reason, retryAt, devices = [] }: Obstacle, now: number): Outcome {
  switch (reason) {
    case "rateLimited":
      return { kind: reason, retryAfterMs: Math.max(0, retryAt - now) };
    case "noDevice":
      return { kind: reason, devices };
    default:
      return { kind: reason };
  }
}
