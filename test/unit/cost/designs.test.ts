import assert from "node:assert/strict";
import { ambient } from "../../../bench/cost/designs.js";

describe("Ambient's feed, in the model", () => {
  it("the more people listen, the earlier a digest begins", () => {
    // 0.8 comments in an interval: of 2 s, and of 10 s.
    assert.equal(ambient.commentFeed(1_000, 0.39), "direct");
    assert.equal(ambient.commentFeed(1_000, 0.4), "digest");
    assert.equal(ambient.commentFeed(10_000, 0.079), "direct");
    assert.equal(ambient.commentFeed(10_000, 0.08), "digest");
  });

  it("is written at the digest's interval, and while comments are direct at the audience's", () => {
    assert.equal(ambient.feedIntervalSeconds(100, "digest"), 2);
    assert.equal(ambient.feedIntervalSeconds(100, "direct"), 5);
    assert.equal(ambient.feedIntervalSeconds(10_000, "digest"), 10);
    assert.equal(ambient.feedIntervalSeconds(10_000, "direct"), 60);
  });
});
