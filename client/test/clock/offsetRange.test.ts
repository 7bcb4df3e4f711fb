import assert from "node:assert/strict";
import { aged, meet, middleOf, rangeOf } from "../../src/clock/offsetRange.js";

describe("the range of the offset", () => {
  it("is centred on server + rtt/2 − received, with half a round trip and the rounding on either side", () => {
    const range = rangeOf({ sentAt: 1_000, receivedAt: 1_100, serverMs: 50_000 });
    assert.equal(middleOf(range), 50_000 + 50 - 1_100);
    assert.equal((range.high - range.low) / 2, 50 + 1);
  });

  it("contains the true offset however unequal the two directions are", () => {
    for (const up of [0, 1, 50, 99, 100]) {
      const sentAt = 1_000;
      const offset = 123_456.7;
      const serverMs = Math.floor(sentAt + up + offset);
      const range = rangeOf({ sentAt, receivedAt: sentAt + 100, serverMs });
      assert.ok(range.low <= offset && offset <= range.high, `${up} of 100 ms there`);
    }
  });

  it("widens with time by the possible drift", () => {
    const range = { low: 0, high: 10, at: 0 };
    const later = aged(range, 60_000, 100);
    assert.ok(later.low <= -6 && later.low > -6.01);
    assert.ok(later.high >= 16 && later.high < 16.01);
    assert.deepEqual(aged(range, -5, 100), range);
  });

  it("narrows to the intersection of two samples", () => {
    const one = { low: 0, high: 60, at: 0 };
    const other = { low: 40, high: 100, at: 0 };
    assert.deepEqual(meet(one, other, 100), { low: 40, high: 60, at: 0 });
  });

  it("reports samples that contradict each other, unless drift explains it", () => {
    const before = { low: 0, high: 10, at: 0 };
    assert.equal(meet(before, { low: 12, high: 20, at: 1_000 }, 100), undefined);
    const later = meet(before, { low: 12, high: 20, at: 60_000 }, 100);
    assert.equal(later?.low, 12);
    assert.equal(later.at, 60_000);
  });
});
