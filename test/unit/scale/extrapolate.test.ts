import assert from "node:assert/strict";
import { digestReadsPerListenerHour, perPhoneHour } from "../../../bench/scale/extrapolate.js";
import { optionsOf } from "../../../bench/scale/options.js";
import { percentile } from "../../../bench/samples.js";

describe("extrapolation", () => {
  it("from a window to one phone's hour", () => {
    // 10 reads of each of 60 phones in 20 s.
    assert.equal(perPhoneHour(600, { phones: 60, seconds: 20 }), 1_800);
  });

  it("from one rewrite of the digest to an hour of them, by the audience", () => {
    assert.equal(digestReadsPerListenerHour(1_000, 1), 1_800);
    assert.equal(digestReadsPerListenerHour(10_001, 1), 360);
    assert.equal(digestReadsPerListenerHour(10_001, 1.5), 540);
  });

  it("takes percentiles by the nearest rank", () => {
    const samples = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.deepEqual([percentile(samples, 0.5), percentile(samples, 0.95)], [50, 95]);
  });
});

describe("the options of bench:scale", () => {
  it("have defaults, and numbers are numbers", () => {
    assert.equal(optionsOf([])?.keep, false);
    assert.equal(optionsOf(["--listeners", "90", "--keep"])?.listeners, 90);
    assert.equal(optionsOf(["--help"]), undefined);
  });

  it("refuses what is none", () => {
    assert.throws(() => optionsOf(["--listeners", "many"]), /Usage/);
    assert.throws(() => optionsOf(["--speed", "9"]), /Usage/);
  });
});
