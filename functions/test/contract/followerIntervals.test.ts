import assert from "node:assert/strict";
import { followerIntervalMs } from "../../src/contract/followerIntervals.js";

describe("the interval of a count of followers", () => {
  it("keeps a count at one read in five seconds: longer for larger creators, and an hour at most", () => {
    assert.deepEqual(
      [0, 1_000, 12_000, 100_000, 50_000_000].map(followerIntervalMs),
      [5_000, 5_000, 60_000, 500_000, 3_600_000],
    );
  });
});
