import assert from "node:assert/strict";
import { adaptedSlowMode } from "../../src/feed/adaptedSlowMode.js";

describe("adaptive slow mode", () => {
  for (const [rate, seconds] of [
    [0, 0],
    [1.9, 0],
    [2, 5],
    [4.9, 5],
    [5, 10],
    [10, 30],
    [100, 30],
  ] as const) {
    it(`requires ${seconds} s between comments at ${rate} comments per second`, () => {
      assert.equal(adaptedSlowMode(rate, 0), seconds);
    });
  }

  it("rises by more than one step at once", () => {
    assert.equal(adaptedSlowMode(10, 5), 30);
  });

  it("relaxes only below half the rate that raised it", () => {
    assert.equal(adaptedSlowMode(5, 30), 30);
    assert.equal(adaptedSlowMode(4.9, 30), 5);
    assert.equal(adaptedSlowMode(1, 5), 5);
    assert.equal(adaptedSlowMode(0.9, 5), 0);
  });
});
