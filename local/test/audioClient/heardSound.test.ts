import assert from "node:assert/strict";
import { FRAME_MS, heardSound, type HeardSound } from "../../audioClient/heardSound.js";

/** Adds the frames of a tone from `from` to `to`. */
function say(sound: HeardSound, from: number, to: number, frequencyHz = 440, rms = 0.2): void {
  for (let at = from; at < to; at += FRAME_MS) sound.add({ at, rms, frequencyHz });
}

describe("heardSound", () => {
  it("is empty before the first sound", () => {
    const sound = heardSound();
    say(sound, 0, 1_000, 440, 0.001);
    assert.equal(sound.lastAt, undefined);
    assert.equal(sound.heardMs(), 0);
    assert.equal(sound.first(0), undefined);
    assert.deepEqual(sound.intervals(), []);
  });

  it("groups sound into intervals that end with a pause, but not with a stutter", () => {
    const sound = heardSound();
    say(sound, 0, 500);
    say(sound, 560, 1_000);
    say(sound, 2_000, 2_500, 880);
    assert.deepEqual(sound.intervals(), [
      { from: 0, to: 980, heardMs: 940, frequencyHz: 440 },
      { from: 2_000, to: 2_480, heardMs: 500, frequencyHz: 880 },
    ]);
    assert.equal(sound.lastAt, 2_480);
  });

  it("measures the sound within a period", () => {
    const sound = heardSound();
    say(sound, 0, 1_000);
    assert.equal(sound.heardMs({ from: 400, to: 595 }), 200);
    assert.equal(sound.heardMs({ from: 900 }), 100);
    assert.equal(sound.heardMs({ from: 1_000 }), 0);
  });

  it("finds the first frame with a tone", () => {
    const sound = heardSound();
    say(sound, 0, 500, 440);
    say(sound, 500, 1_000, 880);
    assert.equal(sound.first(100)?.at, 100);
    assert.equal(sound.first(0, 880)?.at, 500);
    assert.equal(sound.first(600, 440), undefined);
  });
});
