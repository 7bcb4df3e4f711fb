import assert from "node:assert/strict";
import { AmbientError } from "../../src/errors/ambientError.js";
import {
  asSpotifyFailure,
  type SpotifyFailure,
  type SpotifyFailureReason,
} from "../../src/spotify/spotifyFailure.js";

/** A check for `assert.rejects`. */
export function failure(
  reason: SpotifyFailureReason,
  retryAfterMs?: number,
  devices: SpotifyFailure["devices"] = [],
) {
  return (error: unknown): true => {
    assert.ok(error instanceof AmbientError, String(error));
    const known = asSpotifyFailure(error);
    assert.deepEqual(
      [known.reason, known.retryAfterMs, known.devices],
      [reason, retryAfterMs, devices],
    );
    return true;
  };
}
