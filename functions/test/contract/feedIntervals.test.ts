import assert from "node:assert/strict";
import { DIGEST_SIZE } from "../../src/contract/feed.js";
import {
  audienceIntervalMs,
  DIGEST_LASTS_INTERVALS,
  digestFromComments,
  digestIntervalMs,
  directIntervalMs,
} from "../../src/contract/feedIntervals.js";

describe("the intervals of the feed", () => {
  it("are shortest for small shows and longest for large ones", () => {
    for (const listeners of [0, 1, 999, 1_000]) assert.equal(digestIntervalMs(listeners), 2_000);
    for (const listeners of [10_000, 1_000_000]) assert.equal(digestIntervalMs(listeners), 10_000);
    for (const listeners of [0, 1, 100]) assert.equal(audienceIntervalMs(listeners), 5_000);
    for (const listeners of [10_000, 1_000_000]) {
      assert.equal(audienceIntervalMs(listeners), 60_000);
    }
  });

  it("are at most 15 s where there is no digest, however rarely the audience is counted", () => {
    for (const listeners of [0, 1, 100]) assert.equal(directIntervalMs(listeners), 5_000);
    for (const listeners of [1_000, 10_000]) assert.equal(directIntervalMs(listeners), 15_000);
    assert.equal(directIntervalMs(50, 20_000), 20_000);
  });

  it("grow logarithmically with the audience in between", () => {
    assert.equal(digestIntervalMs(3_162), 6_000);
    assert.equal(audienceIntervalMs(1_000), 32_500);
  });

  it("start with the project's interval and never fall below it", () => {
    assert.equal(digestIntervalMs(10, 1_000), 1_000);
    assert.equal(digestIntervalMs(10_000, 1_000), 10_000);
    assert.equal(digestIntervalMs(50_000, 20_000), 20_000);
  });

  it("limit a listener's reads per hour at any comment rate", () => {
    const HOUR_MS = 3_600_000;
    const maxReads = (listeners: number) => {
      const digests = HOUR_MS / digestIntervalMs(listeners);
      // The feed stays direct just below the threshold, and people react all the time.
      const direct = digests * digestFromComments(listeners);
      return Math.max(digests, direct + HOUR_MS / directIntervalMs(listeners));
    };
    for (const listeners of [1, 100, 1_000]) assert.ok(maxReads(listeners) <= 2_400);
    for (const listeners of [10_000, 100_000]) assert.ok(maxReads(listeners) <= 600);
  });

  it("limit the reads of a feed that switches as often as it can", () => {
    const PAGE_READS = DIGEST_SIZE + 1;
    const maxReads = (listeners: number) => {
      const digests = 3_600_000 / digestIntervalMs(listeners);
      return digests * (1 + PAGE_READS / DIGEST_LASTS_INTERVALS);
    };
    assert.ok(maxReads(1_000) <= 2_400);
    assert.ok(maxReads(10_000) <= 600);
  });
});
