import assert from "node:assert/strict";
import { digestReadsPerListenerHour, perPhoneHour } from "../../../bench/scale/extrapolate.js";
import { optionsOf } from "../../../bench/scale/options.js";
import { percentile } from "../../../bench/samples.js";

describe("extrapolation", () => {
  it("extends a measured window to one phone's hour", () => {
    // 10 reads by each of 60 phones in 20 s.
    assert.equal(perPhoneHour(600, { phones: 60, seconds: 20 }), 1_800);
  });

  it("extends one digest write to an hour, by audience size", () => {
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
  it("have defaults, and are parsed as numbers", () => {
    assert.equal(optionsOf([])?.keep, false);
    assert.equal(optionsOf(["--listeners", "90", "--keep"])?.listeners, 90);
    assert.equal(optionsOf(["--help"]), undefined);
  });

  it("are rejected if they are not numbers", () => {
    assert.throws(() => optionsOf(["--listeners", "many"]), /Usage/);
    assert.throws(() => optionsOf(["--speed", "9"]), /Usage/);
  });
});
