import assert from "node:assert/strict";
import { paymentStatus } from "../../../functions/src/contract/payments.js";
import { amountOf } from "../../../demo/src/support/amount.js";
import { paymentOutcome } from "../../../demo/src/support/paymentOutcome.js";

describe("an amount that a person typed", () => {
  for (const [text, currency, amount] of [
    ["5", "eur", 500],
    [" 7.50 ", "eur", 750],
    ["7,5", "eur", 750],
    ["500", "jpy", 500],
    ["5.50", "jpy", undefined],
    ["1.23", "kwd", 1_230],
    ["1,000.50", "eur", undefined],
    ["1,000", "eur", undefined],
    ["1 000", "eur", undefined],
    ["-5", "eur", undefined],
    ["five", "eur", undefined],
    [".", "eur", undefined],
  ] as const) {
    it(`"${text}" in ${currency.toUpperCase()} is ${amount ?? "no amount"}`, () => {
      assert.equal(amountOf(text, currency), amount);
    });
  }
});

describe("the outcome of a payment", () => {
  it("invites to pay only as long as nothing was decided, and to try again only if nothing was paid", () => {
    const kinds = paymentStatus.options.map((status) => {
      const { kind } = paymentOutcome({ status, amount: 500, currency: "eur" });
      return [status, kind];
    });
    assert.deepEqual(kinds, [
      ["pending", "waiting"],
      ["paid", "received"],
      ["partly_refunded", "received"],
      ["refunded", "returned"],
      ["disputed", "returned"],
      ["failed", "not_paid"],
      ["expired", "not_paid"],
    ]);
  });
});
