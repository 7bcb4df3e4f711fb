import assert from "node:assert/strict";
import { ambient } from "../../../bench/cost/designs.js";

describe("the cost model of Ambient's feed", () => {
  it("switches to the digest at a lower comment rate for a larger audience", () => {
    // 0.8 comments in 2 s, and 0.6 in 10 s.
    assert.equal(ambient.commentFeed(1_000, 0.39), "direct");
    assert.equal(ambient.commentFeed(1_000, 0.4), "digest");
    assert.equal(ambient.commentFeed(10_000, 0.059), "direct");
    assert.equal(ambient.commentFeed(10_000, 0.06), "digest");
  });

  it("writes at the digest's interval, or every 15 s at most while comments are direct", () => {
    assert.equal(ambient.feedIntervalSeconds(100, "digest"), 2);
    assert.equal(ambient.feedIntervalSeconds(100, "direct"), 5);
    assert.equal(ambient.feedIntervalSeconds(10_000, "digest"), 10);
    assert.equal(ambient.feedIntervalSeconds(10_000, "direct"), 15);
  });
});
