import assert from "node:assert/strict";
import { isComing } from "../../src/songRequests/isComing.js";
import { playing, tracks, uriOf } from "../support/tracks.js";

const playlist = { revision: 1, tracks: tracks("A B C") };
const at = (playback: ReturnType<typeof playing> | undefined, now: number) =>
  ["A", "B", "C", "D"]
    .filter((letter) => isComing(uriOf(letter), playlist, playback, now))
    .join("");

describe("isComing", () => {
  it("is true for the current track and those after it, also when nobody has written since", () => {
    const playback = playing({ trackUri: uriOf("A"), at: 0 });
    assert.equal(at(playback, 0), "ABC");
    assert.equal(at(playback, 1_500), "BC");
    assert.equal(at(playback, 3_000), "");
  });

  it("counts a paused track", () => {
    assert.equal(at(playing({ trackUri: uriOf("B"), trackIndex: 1, paused: true }), 9_000), "BC");
  });

  it("counts every track while the stage talks, and before any music", () => {
    assert.equal(at(playing({ mode: "talk", trackIndex: null }), 9_000), "ABC");
    assert.equal(at(playing({ trackIndex: null }), 9_000), "ABC");
    assert.equal(at(undefined, 9_000), "ABC");
  });

  it("is false without a playlist", () => {
    assert.equal(isComing(uriOf("A"), undefined, undefined, 0), false);
  });
});
