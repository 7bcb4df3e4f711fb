import assert from "node:assert/strict";
import { withSupport } from "../../src/contract/supportTotals.js";

describe("the totals of support", () => {
  it("add up by currency", () => {
    const one = withSupport({}, { currency: "eur", amount: 500, count: 1 });
    assert.deepEqual(one, { eur: { amount: 500, count: 1 } });
    const two = withSupport(one, { currency: "jpy", amount: 800, count: 1 });
    const three = withSupport(two, { currency: "eur", amount: 200, count: 1 });
    assert.deepEqual(three, { eur: { amount: 700, count: 2 }, jpy: { amount: 800, count: 1 } });
    const refunded = withSupport(three, { currency: "eur", amount: -500, count: -1 });
    assert.deepEqual(refunded, { eur: { amount: 200, count: 1 }, jpy: { amount: 800, count: 1 } });
  });
});
