import assert from "node:assert/strict";
import { AmbientError } from "../../src/errors/ambientError.js";
import { messageFor } from "../../src/errors/messages.js";
import { asSpotifyFailure, spotifyError } from "../../src/spotify/spotifyFailure.js";

describe("an error of Spotify", () => {
  it("is an AmbientError with a message for people, and the follower recognises it", () => {
    const phone = { id: "phone", name: "Phone", type: "Smartphone" };
    const error = spotifyError("noDevice", { devices: [phone] });
    assert.ok(error instanceof AmbientError);
    assert.equal(error.reason, "SPOTIFY_NO_DEVICE");
    assert.notEqual(messageFor(error.reason), messageFor("INTERNAL"));
    assert.deepEqual(
      [asSpotifyFailure(error).reason, asSpotifyFailure(error).devices],
      ["noDevice", [phone]],
    );
  });

  it("says when to try again, in the unit of each side", () => {
    const error = spotifyError("rateLimited", { retryAfterSeconds: 7 });
    assert.equal(error.retryAfterSeconds, 7);
    assert.equal(asSpotifyFailure(error).retryAfterMs, 7_000);
  });

  it("counts as a lost connection if it is not Spotify's", () => {
    for (const error of [new AmbientError("OFFLINE"), new TypeError("fetch failed"), undefined]) {
      assert.equal(asSpotifyFailure(error).reason, "unavailable");
    }
  });
});
