import assert from "node:assert/strict";
import { findArtistInSpotify, openInSpotify, openUriInSpotify } from "../../src/spotify/links.js";

describe("links to Spotify", () => {
  it("open tracks, artists and playlists in the app and on the web", () => {
    for (const kind of ["track", "artist", "playlist"] as const) {
      const link = {
        app: `spotify:${kind}:5W3cjX2J3tjhG8zb6u0qHn`,
        web: `https://open.spotify.com/${kind}/5W3cjX2J3tjhG8zb6u0qHn`,
      };
      assert.deepEqual(openInSpotify(kind, "5W3cjX2J3tjhG8zb6u0qHn"), link);
      assert.deepEqual(openUriInSpotify(link.app), link);
    }
  });

  it("are undefined for things without a page", () => {
    for (const uri of ["spotify:local:a:b:c:1", "spotify:track:", "javascript:alert(1)", ""]) {
      assert.equal(openUriInSpotify(uri), undefined);
    }
  });

  it("search an artist by name", () => {
    assert.deepEqual(findArtistInSpotify("AC/DC & friends?"), {
      app: "spotify:search:AC%2FDC%20%26%20friends%3F",
      web: "https://open.spotify.com/search/AC%2FDC%20%26%20friends%3F/artists",
    });
  });
});
