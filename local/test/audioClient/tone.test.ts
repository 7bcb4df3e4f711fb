import assert from "node:assert/strict";
import { frequencyOf, rmsOf } from "../../audioClient/loudness.js";
import { tone } from "../../audioClient/tone.js";

const SAMPLE_RATE = 16_000;
const SAMPLES_PER_FRAME = 320;

describe("tone and loudness", () => {
  for (const frequencyHz of [300, 440, 880, 1_500]) {
    it(`measure ${frequencyHz} Hz in a frame of 20 ms`, () => {
      const next = tone(frequencyHz, SAMPLE_RATE, SAMPLES_PER_FRAME);
      for (const frame of [next(), next(), next()]) {
        const measured = frequencyOf(frame, SAMPLE_RATE) ?? 0;
        assert.ok(Math.abs(measured - frequencyHz) < frequencyHz * 0.02, `${measured} Hz`);
      }
    });
  }

  it("continue the tone in the next frame", () => {
    const inPieces = tone(440, SAMPLE_RATE, SAMPLES_PER_FRAME);
    const inOne = tone(440, SAMPLE_RATE, 2 * SAMPLES_PER_FRAME);
    assert.deepEqual([...inPieces(), ...inPieces()], [...inOne()]);
  });

  it("distinguish a tone from silence", () => {
    assert.ok(rmsOf(tone(440, SAMPLE_RATE, SAMPLES_PER_FRAME)()) > 0.1);
    const silence = new Int16Array(SAMPLES_PER_FRAME);
    assert.equal(rmsOf(silence), 0);
    assert.equal(frequencyOf(silence, SAMPLE_RATE), undefined);
  });
});
