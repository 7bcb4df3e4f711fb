import assert from "node:assert/strict";
import { takeOne } from "../../src/limits/allowance.js";

describe("an allowance", () => {
  const allowance = { count: 3, refillMs: 30_000 };
  const NOW = 1_000_000;
  /** Takes as many as possible at each moment. */
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

  it("is full at first, and again after its refill time", () => {
    assert.deepEqual(takenAt(NOW, NOW + 30_000), [3, 3]);
    assert.deepEqual(takenAt(NOW, NOW + 86_400_000), [3, 3], "never more than full");
  });

  it("refills one by one, not all at once", () => {
    assert.deepEqual(takenAt(NOW, NOW + 9_999, NOW + 10_000, NOW + 30_000), [3, 0, 1, 2]);
  });

  it("says how long to wait for the next one, and takes nothing in the meantime", () => {
    const fullAt = NOW + 30_000;
    assert.deepEqual(takeOne(allowance, fullAt, NOW), { waitMs: 10_000 });
    assert.deepEqual(takeOne(allowance, fullAt, NOW + 9_999), { waitMs: 1 });
    assert.deepEqual(takeOne(allowance, fullAt, NOW + 10_000), { fullAt: NOW + 40_000 });
  });
});
