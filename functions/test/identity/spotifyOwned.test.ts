import assert from "node:assert/strict";
import { spotifyOwned } from "../../src/identity/spotifyOwned.js";
import { profileAnswer } from "../../src/ports/spotifyProfile.js";

const profile = (fields: Record<string, unknown> = {}) =>
  profileAnswer.parse({
    id: "ada",
    account_id: "4TqZ9",
    display_name: "Ada",
    images: [{ url: "https://i.scdn.co/image/ada" }],
    external_urls: { spotify: "https://open.spotify.com/user/ada" },
    ...fields,
  });

describe("profile fields owned by Spotify", () => {
  it("use account_id for the uid, even if id and name change", () => {
    assert.equal(spotifyOwned(profile()).uid, "spotify_4TqZ9");
    assert.equal(
      spotifyOwned(profile({ id: "countess", display_name: "Lovelace" })).uid,
      "spotify_4TqZ9",
    );
  });

  for (const [what, account_id] of [
    ["that is absent", undefined],
    ["that is empty", ""],
    ["with a slash", "a/b"],
    ["with a space", "a b"],
    ["that makes the uid too long", "x".repeat(120)],
  ] as const) {
    it(`refuse an account_id ${what}`, () => {
      assert.throws(() => spotifyOwned(profile({ account_id })), {
        reason: "SPOTIFY_ACCOUNT_ID_MISSING",
      });
    });
  }

  it("may lack a picture, a name and a link", () => {
    const { user } = spotifyOwned(
      profile({ display_name: null, images: [], external_urls: undefined }),
    );
    assert.deepEqual(user, { displayName: "Listener", photoUrl: null, spotifyUrl: null });
  });

  it("accept only https links", () => {
    const { user } = spotifyOwned(
      profile({
        images: [{ url: "javascript:alert(1)" }],
        external_urls: { spotify: "http://open.spotify.com/user/ada" },
      }),
    );
    assert.equal(user.photoUrl, null);
    assert.equal(user.spotifyUrl, null);
  });

  it("cut a long name at 100 UTF-16 units, but never within a character", () => {
    const { user } = spotifyOwned(profile({ display_name: `${"a".repeat(99)}🎧🎧` }));
    assert.equal(user.displayName, "a".repeat(99));
  });

  it("keep private fields private, and only if Spotify provides them", () => {
    assert.deepEqual(spotifyOwned(profile()).account, { spotifyId: "ada" });
    assert.deepEqual(
      spotifyOwned(profile({ email: "a@b.c", country: "GB", product: "premium" })).account,
      { spotifyId: "ada", email: "a@b.c", country: "GB", product: "premium" },
    );
  });
});
