import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { playbackDocument } from "../../src/contract/music.js";
import { playbackAt } from "../../src/contract/playbackAt.js";
import { silentPlayback } from "../../src/contract/silentPlayback.js";
import { startingPlayback } from "../../src/contract/startingPlayback.js";
import { tracks } from "../support/tracks.js";

const START = 1_800_000_000_000;
const at = Timestamp.fromMillis(START);
const playlist = { revision: 3, tracks: [...tracks("A:300 B:200 C:100")] };

describe("the playback when music starts", () => {
  it("begins with the chosen track, from its beginning", () => {
    const playback = playbackDocument.parse(startingPlayback(playlist, 1, "spotify_ada", at, 7));
    const trackUri = playlist.tracks[1]?.uri;
    assert.deepEqual(playbackAt(playback, playlist.tracks, START + 50), {
      kind: "playing",
      trackIndex: 1,
      trackUri,
      positionMs: 50,
      endsAt: START + 200,
    });
    const { sequence, playlistRevision, by } = playback;
    assert.deepEqual(
      { sequence, playlistRevision, by, trackUri: playback.trackUri },
      { sequence: 7, playlistRevision: 3, by: "spotify_ada", trackUri },
    );
  });

  it("waits without a track, paused", () => {
    for (const list of [undefined, { revision: 3, tracks: [] }, playlist]) {
      const index = list?.tracks.length ?? 0;
      const playback = startingPlayback(list, index, "spotify_ada", at, 7);
      const { trackUri, trackIndex, paused, playlistRevision } = playback;
      assert.deepEqual(
        { trackUri, trackIndex, paused, playlistRevision },
        { trackUri: null, trackIndex: null, paused: true, playlistRevision: list?.revision ?? 0 },
      );
      assert.deepEqual(playbackAt(playback, list?.tracks ?? [], START), { kind: "idle" });
    }
  });
});

describe("the playback in talk", () => {
  it("is silent, whatever the playlist", () => {
    const playback = playbackDocument.parse(silentPlayback("spotify_ada", at, 8, 3));
    assert.deepEqual(playbackAt(playback, playlist.tracks, START), { kind: "talk" });
    // As if the mode were lost: nothing would play either.
    assert.deepEqual(playbackAt({ ...playback, mode: "music" }, playlist.tracks, START), {
      kind: "idle",
    });
    assert.ok(playback.paused);
  });
});
