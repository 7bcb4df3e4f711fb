import assert from "node:assert/strict";
import { SpotifyFailure, type SpotifyFailureReason } from "../../src/spotify/spotifyFailure.js";

/** A check for `assert.rejects`. */
export function failure(
  reason: SpotifyFailureReason,
  retryAfterMs?: number,
  devices: SpotifyFailure["devices"] = [],
) {
  return (error: unknown): true => {
    assert.ok(error instanceof SpotifyFailure, String(error));
    assert.deepEqual(
      [error.reason, error.retryAfterMs, error.devices],
      [reason, retryAfterMs, devices],
    );
    return true;
  };
}
