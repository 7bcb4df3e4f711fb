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

describe("what Spotify owns of a profile", () => {
  it("names the person by account_id, whatever id and name become", () => {
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
    it(`refuses an account_id ${what}`, () => {
      assert.throws(() => spotifyOwned(profile({ account_id })), {
        reason: "SPOTIFY_ACCOUNT_ID_MISSING",
      });
    });
  }

  it("does without a picture, a name and a link", () => {
    const { user } = spotifyOwned(
      profile({ display_name: null, images: [], external_urls: undefined }),
    );
    assert.deepEqual(user, { displayName: "Listener", photoUrl: null, spotifyUrl: null });
  });

  it("takes no link that is not https", () => {
    const { user } = spotifyOwned(
      profile({
        images: [{ url: "javascript:alert(1)" }],
        external_urls: { spotify: "http://open.spotify.com/user/ada" },
      }),
    );
    assert.equal(user.photoUrl, null);
    assert.equal(user.spotifyUrl, null);
  });

  it("cuts a long name at 100 UTF-16 units, never through a character", () => {
    const { user } = spotifyOwned(profile({ display_name: `${"a".repeat(99)}🎧🎧` }));
    assert.equal(user.displayName, "a".repeat(99));
  });

  it("keeps the private fields where Spotify tells them, and only there", () => {
    assert.deepEqual(spotifyOwned(profile()).account, { spotifyId: "ada" });
    assert.deepEqual(
      spotifyOwned(profile({ email: "a@b.c", country: "GB", product: "premium" })).account,
      { spotifyId: "ada", email: "a@b.c", country: "GB", product: "premium" },
    );
  });
});
