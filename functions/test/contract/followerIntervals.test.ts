import assert from "node:assert/strict";
import { followerIntervalMs } from "../../src/contract/followerIntervals.js";

describe("the interval of a count of followers", () => {
  it("costs at most one read in five seconds, whatever their number", () => {
    for (const followers of [0, 1, 999, 1_000, 20_000, 100_000, 700_000]) {
      const reads = Math.max(1, followers / 1_000);
      assert.ok(followerIntervalMs(followers) >= reads * 5_000, `${followers} followers`);
    }
  });

  it("is five seconds for small creators, minutes for large ones, and an hour at most", () => {
    assert.deepEqual(
      [0, 1_000, 12_000, 100_000, 50_000_000].map(followerIntervalMs),
      [5_000, 5_000, 60_000, 500_000, 3_600_000],
    );
  });
});
