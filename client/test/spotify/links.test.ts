import assert from "node:assert/strict";
import {
  findArtistInSpotify,
  openInSpotify,
  openUriInSpotify,
  trackUriOf,
} from "../../src/spotify/links.js";

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

  it("to a track are read from what people paste", () => {
    const id = "5W3cjX2J3tjhG8zb6u0qHn";
    for (const text of [
      `spotify:track:${id}`,
      `https://open.spotify.com/track/${id}`,
      `  https://open.spotify.com/track/${id}?si=0123456789abcdef\n`,
      `https://open.spotify.com/intl-pt-br/track/${id}#play`,
    ]) {
      assert.equal(trackUriOf(text), `spotify:track:${id}`);
    }
    for (const text of [
      "",
      id,
      `spotify:album:${id}`,
      `https://open.spotify.com/album/${id}`,
      `https://open.spotify.com/track/${id}0`,
      `https://open.spotify.com.example/track/${id}`,
      `https://example.com/?https://open.spotify.com/track/${id}`,
      "https://spotify.link/abcdef",
    ]) {
      assert.equal(trackUriOf(text), undefined, text);
    }
  });

  it("search an artist by name", () => {
    assert.deepEqual(findArtistInSpotify("AC/DC & friends?"), {
      app: "spotify:search:AC%2FDC%20%26%20friends%3F",
      web: "https://open.spotify.com/search/AC%2FDC%20%26%20friends%3F/artists",
    });
  });
});
