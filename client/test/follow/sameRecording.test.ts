import assert from "node:assert/strict";
import { type RecordedTrack, uriInList } from "../../src/follow/sameRecording.js";

const song: RecordedTrack = {
  uri: "europe",
  name: "Border Radio",
  artists: ["Kino Parade", "Polder"],
  durationMs: 203_400,
  isrc: "GBZZZ2400017",
};
const { isrc, ...withoutCode } = song;
const others: readonly RecordedTrack[] = [
  { uri: "other", name: "Sodium Orange", artists: ["Kino Parade"], durationMs: 251_300 },
  { uri: "bare", durationMs: 203_400 },
];
const played = { name: "Border Radio", artists: ["Kino Parade"], durationMs: 203_900 };
const uriOf = (recording: typeof played & { isrc?: string }, track = song) =>
  uriInList({ trackUri: "america", recording }, [...others, track]);

describe("a reported track", () => {
  it("is the listed one with the same URI, whatever else is known", () => {
    const report = { trackUri: "other", recording: { ...played, isrc: "GBZZZ2400017" } };
    assert.equal(uriInList(report, [...others, song]), "other");
    assert.equal(uriInList({ trackUri: null, recording: undefined }, others), null);
  });

  it("is the listed one with the same ISRC", () => {
    assert.equal(uriOf({ name: "?", artists: [], durationMs: 1, isrc: "GBZZZ2400017" }), "europe");
  });

  it("is the listed one with the same title, artist and length, if a code is missing or differs", () => {
    for (const recording of [
      played,
      { ...played, isrc: "USZZZ0000001" },
      { ...played, name: "BORDER  RADIO".replace("  ", " "), artists: ["Kíno Parade", "Someone"] },
      { ...played, name: " Border Radio ", artists: ["Kino Parade "] },
      { ...played, durationMs: 206_400 },
    ]) {
      assert.equal(uriOf(recording), "europe");
      assert.equal(uriOf(recording, withoutCode), "europe");
    }
  });

  it("is the listed one with the same title and length if neither names an artist", () => {
    const { artists: _, ...anonymous } = withoutCode;
    assert.equal(uriOf({ ...played, artists: [] }, anonymous), "europe");
    assert.equal(uriOf(played, anonymous), "america");
  });

  it("is another track if title, artist or length differ", () => {
    for (const recording of [
      { ...played, name: "Border Radio - Live" },
      { ...played, artists: ["Marta Quell"] },
      { ...played, artists: [] },
      { ...played, durationMs: 207_000 },
      { name: "", artists: [], durationMs: 203_400 },
    ]) {
      assert.equal(uriOf(recording), "america");
    }
    assert.equal(uriInList({ trackUri: "america", recording: played }, others), "america");
    assert.equal(isrc, "GBZZZ2400017");
  });
});
