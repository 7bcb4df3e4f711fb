import assert from "node:assert/strict";
import {
  momentAt,
  type PlaybackSnapshot,
  type PlaylistSnapshot,
  sequenceOf,
  type ShowMusic,
  type SnapshotOrigin,
  tracksOf,
  withPlayback,
  withPlaylist,
} from "../../src/follow/showMusic.js";
import { songs } from "../support/listener.js";

const at = { toMillis: () => 1_000_000 };
const playing = (sequence: number, playlistRevision: number, uri = "A"): PlaybackSnapshot => ({
  mode: "music",
  trackUri: uri,
  trackIndex: "ABC".indexOf(uri),
  positionMs: 0,
  paused: false,
  at,
  sequence,
  playlistRevision,
});
const talk = (sequence: number): PlaybackSnapshot => ({
  ...playing(sequence, 1),
  mode: "talk",
  trackUri: null,
  trackIndex: null,
  paused: true,
});
const list = (revision: number, letters = "ABC") => ({ revision, tracks: songs(letters) });
const now = 1_010_000;

describe("a show's music", () => {
  let music: ShowMusic;
  beforeEach(() => {
    music = {};
  });
  const playbackArrived = (playback: PlaybackSnapshot, origin?: SnapshotOrigin) => {
    music = withPlayback(music, playback, origin);
  };
  const playlistArrived = (playlist: PlaylistSnapshot | null) => {
    music = withPlaylist(music, playlist);
  };
  const on = () => {
    const moment = momentAt(music, now);
    return moment && "trackUri" in moment ? `${moment.kind} ${moment.trackUri}` : moment?.kind;
  };

  it("is unknown until both documents have arrived, in either order", () => {
    assert.equal(on(), undefined);
    playlistArrived(list(1));
    assert.equal(on(), undefined);
    playbackArrived(playing(1, 1));
    assert.equal(on(), "playing A");

    music = {};
    playbackArrived(playing(1, 1));
    assert.equal(on(), undefined);
    playlistArrived(list(1));
    assert.equal(on(), "playing A");
  });

  it("is unknown without the server's clock, unless it is paused or silent", () => {
    playlistArrived(list(1));
    playbackArrived(playing(1, 1));
    assert.equal(momentAt(music, undefined), undefined);
    playbackArrived({ ...playing(2, 1), paused: true });
    assert.equal(momentAt(music, undefined)?.kind, "paused");
    playbackArrived(talk(3));
    assert.equal(momentAt(music, undefined)?.kind, "talk");
    // Until its playlist arrives, the earlier state continues.
    playbackArrived(playing(4, 2));
    assert.equal(momentAt(music, undefined)?.kind, "talk");
  });

  it("keeps the last matching pair while half of an edit is missing", () => {
    playlistArrived(list(1));
    playbackArrived(playing(1, 1));
    playlistArrived(list(2, "BCA"));
    assert.equal(on(), "playing A");
    assert.equal(sequenceOf(music), 1);
    playbackArrived({ ...playing(2, 2, "A"), trackIndex: 2 });
    assert.equal(on(), "playing A");
    assert.equal(sequenceOf(music), 2);

    playbackArrived({ ...playing(3, 3, "B"), trackIndex: 0 });
    assert.equal(on(), "playing A");
    playlistArrived(list(3, "BAC"));
    assert.equal(on(), "playing B");
  });

  it("is silent at once, whatever is missing", () => {
    playbackArrived(talk(1));
    assert.equal(on(), "talk");
    playlistArrived(list(1));
    playbackArrived(playing(2, 1));
    playbackArrived({ ...playing(3, 2, "B"), paused: true, positionMs: 5_000 });
    assert.deepEqual(momentAt(music, now), {
      kind: "paused",
      trackIndex: 1,
      trackUri: "B",
      positionMs: 5_000,
    });
    playbackArrived({ ...talk(4), playlistRevision: 9 });
    assert.equal(on(), "talk");
  });

  it("is silent in a mode that this version does not know", () => {
    playlistArrived(list(1));
    playbackArrived(playing(1, 1));
    playbackArrived({ ...playing(2, 1), mode: "unknown" });
    assert.equal(on(), "talk");
  });

  it("ignores cached snapshots that are older", () => {
    playlistArrived(list(2));
    playbackArrived(playing(5, 2, "B"));
    playbackArrived(playing(4, 2, "A"));
    playlistArrived(list(1, "C"));
    assert.equal(on(), "playing B");
    assert.equal(tracksOf(music).length, 3);
    playbackArrived(playing(6, 2, "C"));
    assert.equal(on(), "playing C");
  });

  describe("with a snapshot that the server has not confirmed", () => {
    const fromServer = { hasPendingWrites: false, fromCache: false };
    const pending = { ...fromServer, hasPendingWrites: true };
    const cached = { ...fromServer, fromCache: true };
    beforeEach(() => {
      playlistArrived(list(1));
    });

    it("ignores a local write until it is confirmed, whatever its `at`", () => {
      playbackArrived(playing(1, 1), fromServer);
      for (const guessed of [{ toMillis: () => now }, null]) {
        playbackArrived({ ...playing(2, 1, "B"), at: guessed }, pending);
        playbackArrived({ ...playing(2, 1), at: guessed, paused: true }, pending);
      }
      playbackArrived({ ...playing(2, 1, "B"), at: null });
      assert.deepEqual([on(), sequenceOf(music)], ["playing A", 1]);
      playbackArrived(playing(2, 1, "B"), fromServer);
      assert.deepEqual([on(), sequenceOf(music)], ["playing B", 2]);
    });

    it("starts no cached music until the server confirms it", () => {
      playbackArrived(playing(1, 1), cached);
      assert.equal(on(), undefined);
      playbackArrived(playing(1, 1), fromServer);
      assert.equal(on(), "playing A");
      playbackArrived(playing(2, 1, "B"), cached);
      assert.equal(on(), "playing A");
    });

    it("becomes silent even for a cached snapshot", () => {
      playbackArrived(playing(1, 1), fromServer);
      playbackArrived({ ...playing(2, 1), paused: true }, cached);
      assert.equal(on(), "paused A");
      playbackArrived({ ...talk(3), paused: false }, cached);
      assert.equal(on(), "talk");
    });
  });

  it("has no tracks if the show never had a playlist", () => {
    playlistArrived(null);
    assert.deepEqual(tracksOf(music), []);
    playbackArrived({ ...playing(1, 0), trackIndex: null, trackUri: null, paused: true });
    assert.equal(on(), "idle");
    assert.deepEqual([sequenceOf(music), tracksOf(music)], [1, []]);
  });

  it("is idle without a track, before the playlist arrives", () => {
    for (const missing of [{ trackIndex: null }, { trackUri: null }]) {
      music = {};
      playbackArrived({ ...playing(1, 1), ...missing, paused: true });
      assert.equal(on(), "idle");
    }
  });

  it("is over when it is paused at the end of the last track", () => {
    playlistArrived(list(1));
    playbackArrived({ ...playing(1, 1, "C"), paused: true, positionMs: 180_000 });
    assert.equal(on(), "over");
  });
});
