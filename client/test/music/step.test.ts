import assert from "node:assert/strict";
import type { PlaybackMoment } from "../../../functions/src/contract/playbackAt.js";
import { positionAfter, type Step } from "../../src/music/step.js";

const track = (name: string) => ({
  uri: `spotify:track:${name}`,
  name,
  artists: ["Somebody"],
  durationMs: 200_000,
  imageUrl: null,
  explicit: false,
});
const tracks = [track("a"), track("b"), track("c")];
const playing = (trackIndex: number, positionMs: number): PlaybackMoment => ({
  kind: "playing",
  trackIndex,
  trackUri: tracks[trackIndex]?.uri ?? "",
  positionMs,
  endsAt: 0,
});
const after = (step: Step, heard: PlaybackMoment) => {
  const position = positionAfter(step, heard, tracks);
  return position && [position.trackIndex, position.positionMs, position.paused];
};

describe("a host's step", () => {
  it("pauses and resumes at the current position, in whole milliseconds", () => {
    assert.deepEqual(after({ kind: "pause" }, playing(1, 1_234.6)), [1, 1_235, true]);
    const paused: PlaybackMoment = {
      kind: "paused",
      trackIndex: 1,
      trackUri: "spotify:track:b",
      positionMs: 5_000,
    };
    assert.deepEqual(after({ kind: "play" }, paused), [1, 5_000, false]);
    assert.deepEqual(after({ kind: "play", trackIndex: 1 }, paused), [1, 5_000, false]);
    assert.deepEqual(after({ kind: "play", trackIndex: 2 }, paused), [2, 0, false]);
    assert.deepEqual(after({ kind: "seek", positionMs: 9_000 }, paused), [1, 9_000, true]);
  });

  it("seeks within the track", () => {
    assert.deepEqual(after({ kind: "seek", positionMs: 9_000 }, playing(0, 1)), [0, 9_000, false]);
    assert.deepEqual(after({ kind: "seek", positionMs: 1e9 }, playing(0, 1)), [0, 200_000, false]);
    assert.deepEqual(after({ kind: "seek", positionMs: -5 }, playing(0, 1)), [0, 0, false]);
  });

  it("goes to the next track, and nowhere after the last", () => {
    assert.deepEqual(after({ kind: "next" }, playing(0, 7_000)), [1, 0, false]);
    assert.equal(after({ kind: "next" }, playing(2, 7_000)), undefined);
    assert.equal(after({ kind: "next" }, { kind: "over" }), undefined);
  });

  it("goes back to the start of the track, and from there to the previous one", () => {
    assert.deepEqual(after({ kind: "previous" }, playing(2, 10_000)), [2, 0, false]);
    assert.deepEqual(after({ kind: "previous" }, playing(2, 3_000)), [2, 0, false]);
    assert.deepEqual(after({ kind: "previous" }, playing(2, 2_999)), [1, 0, false]);
    assert.deepEqual(after({ kind: "previous" }, playing(0, 1_000)), [0, 0, false]);
    assert.deepEqual(after({ kind: "previous" }, { kind: "over" }), [2, 0, false]);
  });

  it("starts with the first track, if there is one", () => {
    for (const kind of ["talk", "idle"] as const) {
      assert.deepEqual(after({ kind: "play" }, { kind }), [0, 0, false]);
      assert.deepEqual(after({ kind: "seek", positionMs: 9_000 }, { kind }), [0, 9_000, true]);
    }
    assert.deepEqual(after({ kind: "seek", positionMs: 9 }, { kind: "over" }), [2, 9, true]);
    assert.equal(positionAfter({ kind: "play" }, { kind: "idle" }, []), undefined);
    assert.equal(after({ kind: "play", trackIndex: 9 }, playing(0, 0)), undefined);
  });
});
