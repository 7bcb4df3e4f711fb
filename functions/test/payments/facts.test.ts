import assert from "node:assert/strict";
import { smallestStepOf, fractionDigitsOf } from "../../src/contract/money.js";
import {
  joinFacts,
  noFacts,
  paymentStatusOf,
  receivedOf,
  type PaymentFacts,
} from "../../src/contract/payments.js";
import { dice } from "../support/dice.js";

const AMOUNT = 500;

const stories: readonly (readonly [string, readonly Partial<PaymentFacts>[], string, number])[] = [
  ["nothing happened", [], "pending", 0],
  ["the page expired", [{ outcome: "expired" }], "expired", 0],
  ["the bank refused", [{ outcome: "pending" }, { outcome: "failed" }], "failed", 0],
  ["it was paid", [{ outcome: "paid" }], "paid", 500],
  ["the bank paid after all", [{ outcome: "failed" }, { outcome: "paid" }], "paid", 500],
  ["a part went back", [{ outcome: "paid" }, { refundedAmount: 200 }], "partly_refunded", 300],
  [
    "the rest went back, too",
    [{ outcome: "paid" }, { refundedAmount: 200 }, { refundedAmount: 500 }],
    "refunded",
    0,
  ],
  ["it is disputed", [{ outcome: "paid" }, { disputes: { du: "open" } }], "disputed", 0],
  [
    "the dispute was won",
    [{ outcome: "paid" }, { disputes: { du: "open" } }, { disputes: { du: "won" } }],
    "paid",
    500,
  ],
  [
    "the dispute was lost",
    [{ outcome: "paid" }, { disputes: { du: "open" } }, { disputes: { du: "lost" } }],
    "disputed",
    0,
  ],
  [
    "a second dispute is open",
    [{ outcome: "paid" }, { disputes: { du: "won" } }, { disputes: { du2: "open" } }],
    "disputed",
    0,
  ],
  ["only the refund was reported", [{ refundedAmount: 500 }], "refunded", 0],
  ["only the dispute was reported", [{ disputes: { du: "open" } }], "disputed", 0],
];

describe("a payment's facts", () => {
  for (const [what, news, status, received] of stories) {
    it(`say "${status}" where ${what}, in any order and twice`, () => {
      const seeded = dice(7);
      for (let round = 0; round < 20; round += 1) {
        const facts = seeded.shuffled([...news, ...news]).reduce<PaymentFacts>(joinFacts, noFacts);
        assert.equal(paymentStatusOf(facts, AMOUNT), status);
        assert.equal(receivedOf(facts, AMOUNT), received);
      }
    });
  }

  it("are never taken back", () => {
    const paid = joinFacts(noFacts, { outcome: "paid", refundedAmount: 300 });
    for (const late of ["pending", "expired", "failed"] as const) {
      assert.deepEqual(joinFacts(paid, { outcome: late, refundedAmount: 100 }), paid);
    }
    const lost = joinFacts(paid, { disputes: { du: "lost" } });
    assert.deepEqual(joinFacts(lost, { disputes: { du: "open" } }), lost);
  });
});

describe("amounts", () => {
  it("have as many digits as Stripe counts", () => {
    assert.deepEqual(["eur", "jpy", "kwd", "isk"].map(fractionDigitsOf), [2, 0, 3, 2]);
    assert.deepEqual(["eur", "jpy", "kwd", "isk"].map(smallestStepOf), [1, 1, 10, 100]);
  });
});
