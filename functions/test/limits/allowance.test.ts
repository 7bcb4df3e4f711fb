import assert from "node:assert/strict";
import { takeOne } from "../../src/limits/allowance.js";

describe("an allowance", () => {
  const allowance = { count: 3, refillMs: 30_000 };
  const NOW = 1_000_000;
  /** Takes as many as there are at each moment. */
  const takenAt = (...moments: number[]) => {
    let fullAt: number | undefined;
    return moments.map((now) => {
      for (let taken = 0; ; taken += 1) {
        const taking = takeOne(allowance, fullAt, now);
        if ("waitMs" in taking) return taken;
        fullAt = taking.fullAt;
      }
    });
  };

  it("is whole for whoever has taken nothing, and again after its time", () => {
    assert.deepEqual(takenAt(NOW, NOW + 30_000), [3, 3]);
    assert.deepEqual(takenAt(NOW, NOW + 86_400_000), [3, 3], "and never more than whole");
  });

  it("comes back one by one, not all at the end", () => {
    assert.deepEqual(takenAt(NOW, NOW + 9_999, NOW + 10_000, NOW + 30_000), [3, 0, 1, 2]);
  });

  it("says how long the next one takes, and nothing is taken meanwhile", () => {
    const fullAt = NOW + 30_000;
    assert.deepEqual(takeOne(allowance, fullAt, NOW), { waitMs: 10_000 });
    assert.deepEqual(takeOne(allowance, fullAt, NOW + 9_999), { waitMs: 1 });
    assert.deepEqual(takeOne(allowance, fullAt, NOW + 10_000), { fullAt: NOW + 40_000 });
  });
});
