import assert from "node:assert/strict";
import { indexOf, leadOver, positionAt, tracksInAgreement } from "../../src/follow/handover.js";
import { songs } from "../support/listener.js";

const song = 180_000;

describe("a handed-over list", () => {
  const handover = { tracks: songs("ABC"), index: 0, positionMs: 170_000, at: 5_000 };

  it("plays from track to track, and ends after the last", () => {
    assert.deepEqual(positionAt(handover, 5_000), { index: 0, positionMs: 170_000 });
    assert.deepEqual(positionAt(handover, 16_000), { index: 1, positionMs: 1_000 });
    assert.deepEqual(positionAt(handover, 15_000 + song), { index: 2, positionMs: 0 });
    assert.equal(positionAt(handover, 15_000 + 2 * song), undefined);
  });

  it("stays at its start position until it is heard", () => {
    assert.deepEqual(positionAt(handover, 4_000), { index: 0, positionMs: 170_000 });
  });

  it("finds the nearest of two identical tracks", () => {
    const tracks = songs("ABACA");
    assert.equal(indexOf(tracks, "A", 0), 0);
    assert.equal(indexOf(tracks, "A", 3), 2);
    assert.equal(indexOf(tracks, "A", 4), 4);
    assert.equal(indexOf(tracks, "X", 0), undefined);
    assert.equal(indexOf(tracks, null, 0), undefined);
  });

  it("measures a lead across track ends, in both directions", () => {
    const tracks = songs("ABC");
    const late = { index: 0, positionMs: song - 300 };
    const early = { index: 1, positionMs: 200 };
    assert.equal(leadOver(tracks, early, late), 500);
    assert.equal(leadOver(tracks, late, early), -500);
    assert.equal(leadOver(tracks, late, { index: 0, positionMs: song }), -300);
    assert.equal(
      leadOver(tracks, { index: 2, positionMs: 0 }, { index: 0, positionMs: 0 }),
      2 * song,
    );
  });

  it("counts the next tracks that match the show's", () => {
    const agreed = (handed: string, index: number, show: string, trackIndex: number) =>
      tracksInAgreement(songs(handed), index, songs(show), { trackIndex });
    assert.equal(agreed("ABCD", 0, "ABCD", 0), Infinity);
    assert.equal(agreed("CD", 0, "ABCD", 2), Infinity);
    assert.equal(agreed("ABC", 0, "ABCD", 0), 2);
    assert.equal(agreed("ABCD", 0, "ABC", 0), 2);
    assert.equal(agreed("ABCD", 0, "ABDC", 0), 1);
    assert.equal(agreed("ABCD", 0, "AXBC", 0), 0);
    assert.equal(agreed("A", 0, "AB", 0), 0);
    assert.equal(agreed("AB", 0, "A", 0), 0);
  });
});
