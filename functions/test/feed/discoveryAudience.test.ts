import { Timestamp } from "firebase-admin/firestore";
import assert from "node:assert/strict";
import { isVisibleChange } from "../../src/feed/discoveryAudience.js";

const audience = (listeners: number, seconds: number, peak = 1_000) => ({
  listeners,
  peak,
  countedAt: Timestamp.fromMillis(1_800_000_000_000 + seconds * 1_000),
});

describe("the audience in lists of shows", () => {
  const shown = audience(100, 0);

  it("changes by a tenth after 30 s", () => {
    assert.equal(isVisibleChange(shown, audience(110, 30)), true);
    assert.equal(isVisibleChange(shown, audience(90, 30)), true);
    assert.equal(isVisibleChange(shown, audience(110, 29)), false, "too soon");
    assert.equal(isVisibleChange(shown, audience(109, 30)), false, "too little");
  });

  it("changes by any difference after five minutes", () => {
    assert.equal(isVisibleChange(shown, audience(101, 300)), true);
    assert.equal(isVisibleChange(shown, audience(101, 299)), false);
    assert.equal(isVisibleChange(shown, audience(100, 300, 1_001)), true, "a new peak");
    assert.equal(isVisibleChange(shown, audience(100, 3_000)), false, "no difference");
  });

  it("changes with the first listener of a show", () => {
    assert.equal(isVisibleChange(audience(0, 0, 0), audience(1, 30, 1)), true);
  });
});
