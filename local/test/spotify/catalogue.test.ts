import assert from "node:assert/strict";

import { Catalogue } from "../../spotify/catalogue/catalogue.js";
import { inventedCount, inventedTracks } from "../../spotify/catalogue/inventedTracks.js";
import { isSpotifyId, spotifyId } from "../../spotify/catalogue/spotifyId.js";
import { playlistIds, startingPlaylists } from "../../spotify/catalogue/startingPlaylists.js";
import { localFileOf, localFileUri } from "../../spotify/catalogue/track.js";
import { personas } from "../../spotify/personas.js";

describe("the catalogue", () => {
  it("has 20,000 distinct tracks", () => {
    const songs = inventedTracks();
    assert.equal(songs.length, inventedCount);
    assert.equal(new Set(songs.map(({ id }) => id)).size, inventedCount);
    assert.equal(new Set(songs.map(({ name }) => name)).size, inventedCount);
    assert(songs.every(({ id, durationMs }) => isSpotifyId(id) && durationMs > 120_000));
    assert(songs.some(({ explicit }) => explicit));
  });

  it("derives the same id from the same seed", () => {
    assert.equal(spotifyId("track 0"), "1VOu5T2GkCBjPR4RZNv6do");
    assert.notEqual(spotifyId("track 0"), spotifyId("track 1"));
  });

  it("recognises what a URI refers to", () => {
    const catalogue = new Catalogue();
    const kinds = [
      "spotify:track:5W3cjX2J3tjhG8zb6u0qHn",
      localFileUri("Ada", "Take: 3", 95),
      `spotify:track:${spotifyId("forgotten one")}`,
      "spotify:track",
      "",
    ].map((uri) => catalogue.item(uri).kind);
    assert.deepEqual(kinds, ["track", "local", "gone", "gone", "gone"]);
  });

  it("parses a local file's URI", () => {
    const uri = localFileUri("Åsa & Co: live", "100 % silence", 61);
    assert.deepEqual(localFileOf(uri), {
      uri,
      artist: "Åsa & Co: live",
      album: "",
      name: "100 % silence",
      durationMs: 61_000,
    });
    assert.equal(localFileOf("spotify:local:%E0%A4%A:::1")?.artist, "%E0%A4%A");
    assert.equal(localFileOf("spotify:local:a:b:c"), undefined);
  });
});

describe("the original playlists", () => {
  it("have distinct ids and known owners", () => {
    const playlists = startingPlaylists();
    const ids = playlists.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert(ids.every(isSpotifyId));
    const people = new Set(personas.map(({ id }) => id));
    for (const { owner, collaborators, followers } of playlists) {
      for (const persona of [owner, ...collaborators, ...followers]) assert(people.has(persona));
    }
    const named = Object.values(playlistIds).filter((id) => id !== playlistIds.deleted);
    assert(named.every((id) => ids.includes(id)));
    assert.equal(ids.includes(playlistIds.deleted), false);
  });
});
