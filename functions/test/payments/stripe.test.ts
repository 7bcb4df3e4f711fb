import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { signatureOf } from "../../../local/stripe/outbox.js";
import { isLiveKey, stripeEvents, UnsignedPaymentEvent } from "../../src/payments/stripeEvents.js";
import { stripePayments } from "../../src/payments/stripePayments.js";
import { startOwnStripe, type OwnStripe } from "../support/ownStripe.js";
import { refuses } from "../support/refuses.js";

describe("Stripe, as the functions call it", function () {
  this.timeout(30_000);
  let stripe: OwnStripe;
  let accountId: string;

  before(async () => {
    stripe = await startOwnStripe();
    accountId = await stripe.payments.createAccount("key");
    await stripe.control.changeAccount({ account: accountId, chargesEnabled: true });
  });
  after(() => stripe.close());
  afterEach(() => stripe.control.faults.clear());

  const checkout = (supportId = randomUUID(), changes = {}) =>
    stripe.payments.openCheckout({
      supportId,
      accountId,
      amount: 500,
      currency: "eur",
      feeAmount: 0,
      title: "Support for Ada",
      successUrl: "https://ambient.example/?support=1",
      cancelUrl: "https://ambient.example/",
      closesAt: Date.now() + 31 * 60_000,
      ...changes,
    });

  it("judges requests by Stripe's own description of its API", async function () {
    if (!stripe.isJudged) this.skip();
    for (const [path, body] of [
      ["accounts", "type=express&shoe_size=46"],
      ["accounts", "type=generous"],
      ["refunds", "payment_intent=pi_1&reason=regret"],
    ] as const) {
      const response = await fetch(`${stripe.url}/v1/${path}`, {
        method: "POST",
        headers: {
          "authorization": `Bearer ${stripe.secretKey}`,
          "content-type": "application/x-www-form-urlencoded",
        },
        body,
      });
      assert.equal(response.status, 400, body);
      assert.match(await response.text(), /Request validation error/);
    }
  });

  for (const [what, fault] of [
    ["answers with an error of its own", { status: 500 }],
    ["has too much to do", { status: 429 }],
    ["does not answer", { drop: true }],
  ] as const) {
    it(`is unavailable if it ${what}`, async () => {
      await stripe.control.faults.set({ match: "/checkout/sessions", times: 9, ...fault });
      await assert.rejects(checkout(), refuses("PAYMENTS_UNAVAILABLE"));
    });
  }

  it("is unavailable if it answers without content", async () => {
    await stripe.control.faults.set({ match: "/v1/", times: 99, status: 200, body: {} });
    const { payments } = stripe;
    for (const ask of [
      () => payments.createAccount("another key"),
      () => payments.readAccount(accountId),
      () => payments.onboardingUrl(accountId, "https://ambient.example", "https://ambient.example"),
      () => payments.dashboardUrl(accountId),
      () => payments.readCheckout(accountId, "cs_1"),
      () => payments.supportIdOf(accountId, "pi_1"),
      () => payments.refund({ accountId, paymentIntentId: "pi_1", hasFee: false }),
      () => checkout(),
    ]) {
      await assert.rejects(ask, refuses("PAYMENTS_UNAVAILABLE"));
    }
  });

  it("overcomes a short failure", async () => {
    await stripe.control.faults.set({ match: "/checkout/sessions", times: 1, status: 500 });
    await stripe.control.faults.set({ match: "/checkout/sessions", times: 1, drop: true });
    assert.ok((await checkout()).url);
  });

  it("opens one page for one call, also if the first answer was lost, and another one for the next", async () => {
    const supportId = randomUUID();
    await stripe.control.faults.set({
      match: "/checkout/sessions",
      times: 1,
      drop: true,
      after: true,
    });
    const page = await checkout(supportId);
    const keys = (await stripe.control.requests())
      .filter(({ body }) => body.includes(supportId))
      .map(({ idempotencyKey }) => idempotencyKey);
    assert.equal(keys.length, 2);
    assert.equal(new Set(keys).size, 1);
    assert.notEqual((await checkout(supportId)).sessionId, page.sessionId);
  });

  it("refuses a page that closes in less than half an hour, and does not blame the creator", async () => {
    const closesAt = Date.now() + 29 * 60_000;
    await assert.rejects(checkout(randomUUID(), { closesAt }), /30 minutes/);
  });

  it("takes no payments for an account that cannot charge", async () => {
    await stripe.control.changeAccount({ account: accountId, chargesEnabled: false });
    await assert.rejects(checkout(), refuses("SUPPORT_UNAVAILABLE"));
    await stripe.control.changeAccount({ account: accountId, chargesEnabled: true });
  });

  it("makes one account for one key", async () => {
    const { payments } = stripe;
    const [first, again, other] = await Promise.all(
      ["key of Ada", "key of Ada", "key of Ben"].map((key) => payments.createAccount(key)),
    );
    assert.equal(again, first);
    assert.notEqual(other, first);
  });

  it("is the operator's error, not Stripe's, with a wrong key", async () => {
    const wrong = stripePayments({ secretKey: "sk_test_wrong", apiUrl: stripe.url });
    await assert.rejects(wrong.createAccount("key"), { message: "Invalid API Key provided" });
  });

  it("is the operator's error, and nothing is deleted, with a key that lacks a permission", async () => {
    const { sessionId } = await checkout();
    const message = "The provided key does not have the required permissions for this endpoint";
    await stripe.control.faults.set({
      match: "/v1/",
      times: 9,
      status: 403,
      body: { error: { type: "invalid_request_error", message } },
    });
    const { payments } = stripe;
    for (const ask of [
      () => payments.readAccount(accountId),
      () => payments.onboardingUrl(accountId, "https://ambient.example", "https://ambient.example"),
      () => payments.dashboardUrl(accountId),
      () => payments.readCheckout(accountId, sessionId),
      () => payments.supportIdOf(accountId, "pi_1"),
      () => payments.refund({ accountId, paymentIntentId: "pi_1", hasFee: false }),
      () => checkout(),
    ]) {
      await assert.rejects(ask, { message });
    }
  });

  it("says that an account or a payment is gone", async () => {
    const { sessionId } = await checkout();
    assert.equal(await stripe.payments.readCheckout(accountId, "cs_none"), null);
    assert.equal(await stripe.payments.readCheckout("acct_none", sessionId), null);
    assert.equal(await stripe.payments.readAccount("acct_none"), null);
    assert.equal(await stripe.payments.supportIdOf(accountId, "pi_none"), null);
    await assert.rejects(
      checkout(randomUUID(), { accountId: "acct_none" }),
      refuses("SUPPORT_UNAVAILABLE"),
    );
  });
});

describe("Stripe's events", () => {
  const body = Buffer.from(
    JSON.stringify({
      id: "evt",
      object: "event",
      type: "account.updated",
      account: "acct",
      livemode: false,
      data: { object: {} },
    }),
  );
  const read = stripeEvents("whsec_a", "sk_test_a");
  const now = Math.floor(Date.now() / 1_000);
  const text = body.toString();

  it("count with a fresh signature over the exact body", async () => {
    const event = { kind: "account", accountId: "acct" };
    assert.deepEqual(await read(body, signatureOf(text, "whsec_a")), event);
    for (const signature of [
      undefined,
      "",
      "t=1,v1=00",
      signatureOf(text, "whsec_b"),
      signatureOf(`${text} `, "whsec_a"),
      signatureOf(text, "whsec_a", now - 301),
    ]) {
      await assert.rejects(read(body, signature), UnsignedPaymentEvent);
    }
  });

  it("are refused without a secret, because anybody could sign with an empty one", async () => {
    const open = stripeEvents("", "sk_test_a");
    await assert.rejects(open(body, signatureOf(text, "")), UnsignedPaymentEvent);
  });

  it("are ignored if the signed body is not an event", async () => {
    assert.equal(await read(Buffer.from("null"), signatureOf("null", "whsec_a")), null);
  });

  it("count only in the mode of the key", async () => {
    const live = stripeEvents("whsec_a", "rk_live_a");
    assert.equal(await live(body, signatureOf(text, "whsec_a")), null);
    assert.deepEqual(
      ["sk_live_1", "rk_live_1", "sk_test_1", "rk_test_1", "", "live"].map(isLiveKey),
      [true, true, false, false, false, false],
    );
  });
});
