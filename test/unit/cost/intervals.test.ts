import assert from "node:assert/strict";
import { audienceIntervalSeconds, digestIntervalSeconds } from "../../../bench/cost/intervals.js";

describe("the intervals of the feed", () => {
  it("the digest's rises from 2 s at 1,000 listeners to 10 s at 10,000", () => {
    assert.equal(digestIntervalSeconds(1), 2);
    assert.equal(digestIntervalSeconds(1_000), 2);
    // Half of the way from 1,000 to 10,000, in logarithms.
    assert.ok(Math.abs(digestIntervalSeconds(Math.sqrt(1_000 * 10_000)) - 6) < 1e-9);
    assert.equal(digestIntervalSeconds(10_000), 10);
    assert.equal(digestIntervalSeconds(100_000), 10);
  });

  it("the audience's rises from 5 s at 100 listeners to 60 s at 10,000", () => {
    assert.equal(audienceIntervalSeconds(0), 5);
    assert.equal(audienceIntervalSeconds(100), 5);
    assert.ok(Math.abs(audienceIntervalSeconds(1_000) - 32.5) < 1e-9);
    assert.equal(audienceIntervalSeconds(10_000), 60);
    assert.equal(audienceIntervalSeconds(1_000_000), 60);
  });

  it("neither ever falls as the audience grows", () => {
    for (const interval of [digestIntervalSeconds, audienceIntervalSeconds]) {
      let before = 0;
      for (let listeners = 1; listeners < 200_000; listeners = Math.ceil(listeners * 1.1)) {
        assert.ok(interval(listeners) >= before);
        before = interval(listeners);
      }
    }
  });
});
