import { spread } from "../clock/spread.js";
import type { Outcome } from "../player/outcome.js";
import type { PlayerDevice } from "../player/player.js";
import type { SpotifyFailureReason } from "../spotify/spotifyFailure.js";
import type { Now } from "./now.js";

/** Why the follower sends no commands, and until when. */
export interface Obstacle {
  readonly reason: Exclude<SpotifyFailureReason, "restricted">;
  /** On the device's monotonic clock. `Infinity`: only after the listener acted. */
  readonly retryAt: number;
  /** Whether a host's next action triggers another attempt. */
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

/** After a limit, the retries of all phones are spread over this long, or over as long as the limit lasts. */
const LIMIT_SPREAD_MS = 60_000;

/**
 * How long to wait if Spotify said `waitMs`. A limit applies to all users of the app together, and ends for all of them at
 * the same moment: without the spread, they would exceed it again.
 */
export function afterLimit(waitMs: number, { random }: Pick<Now, "random">): number {
  return waitMs + random * Math.min(waitMs, LIMIT_SPREAD_MS);
}

/** `attempt`: the number of consecutive failures. */
export function obstacleAfter(
  reason: Obstacle["reason"],
  retryAfterMs: number | undefined,
  attempt: number,
  now: Pick<Now, "local" | "random">,
): Obstacle {
  switch (reason) {
    case "noDevice":
    case "unavailable":
      return {
        reason,
        retryAt: now.local + spread(PAUSES_MS[attempt - 1] ?? LONGEST_PAUSE_MS, now.random),
        hostMayEndIt: true,
      };
    case "rateLimited":
      return {
        reason,
        retryAt: now.local + afterLimit(retryAfterMs ?? RATE_LIMIT_MS, now),
        hostMayEndIt: false,
      };
    case "quotaExceeded":
      return {
        reason,
        retryAt: now.local + afterLimit(Math.max(retryAfterMs ?? 0, QUOTA_MS), now),
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
