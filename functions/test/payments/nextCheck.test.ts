import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { noFacts } from "../../src/contract/payments.js";
import { nextCheck } from "../../src/payments/nextCheck.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 24, 20);
const paid = { ...noFacts, outcome: "paid" as const };

/** How long after `NOW` a payment is checked that was paid `age` before it. */
const waitAfter = (age: number) => {
  const paidAt = Timestamp.fromMillis(NOW - age);
  const next = nextCheck({ facts: paid, paidAt }, NOW);
  return next === null ? null : next.toMillis() - NOW;
};

describe("when Stripe is asked again about a payment", () => {
  it("is in six hours while the payment is pending", () => {
    const next = nextCheck({ facts: noFacts, paidAt: null }, NOW);
    assert.equal(next?.toMillis(), NOW + 6 * HOUR);
  });

  it("is a day, a week, a month and four months after it was paid", () => {
    assert.equal(waitAfter(0), DAY);
    assert.equal(waitAfter(DAY - 1), 1);
    assert.equal(waitAfter(DAY), 6 * DAY);
    assert.equal(waitAfter(7 * DAY), 23 * DAY);
    assert.equal(waitAfter(30 * DAY), 90 * DAY);
  });

  it("is never again after that", () => {
    assert.equal(waitAfter(120 * DAY - 1), 1);
    assert.equal(waitAfter(120 * DAY), null);
  });

  it("is never if nothing was paid", () => {
    for (const outcome of ["failed", "expired"] as const) {
      assert.equal(nextCheck({ facts: { ...noFacts, outcome }, paidAt: null }, NOW), null);
    }
  });
});
