import assert from "node:assert/strict";
import { FieldValue, Timestamp, type Firestore } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import {
  banRef,
  clientConfigRef,
  commentRef,
  hiddenRef,
  paymentRef,
  paymentsRef,
  participantRef,
  playbackRef,
  serviceWordsRef,
  showRef,
  showWordsRef,
  stageRef,
  summaryRef,
  suspensionRef,
  termsRef,
  userRef,
} from "../../src/collections.js";
import type { PaymentDocument } from "../../src/contract/support.js";
import { newestComments } from "../../src/feed/digestComments.js";
import { onCommentWritten } from "../../src/feed/onCommentWritten.js";
import type { RefusalDetails, RefusalReason } from "../../src/contract/reasons.js";
import { limits } from "../../src/contract/limits.js";
import { allowanceRef } from "../../src/limits/spend.js";
import { checkPayments } from "../../src/payments/checkPayments.js";
import { refundSupport } from "../../src/payments/refundSupport.js";
import { wordPattern } from "../../src/wordFilter/wordPattern.js";
import { endShow } from "../../src/shows/endShow.js";
import { quietFirestore, showIn, somebody } from "../support/backstage.js";
import { callAgain } from "../support/callAgain.js";
import { as } from "../support/callers.js";
import { startOwnStripe, type OwnStripe } from "../support/ownStripe.js";
import { refuses } from "../support/refuses.js";
import { supportConfig, supportScene, type SupportScene } from "../support/supportScene.js";

describe("support", () => {
  let firestore: Firestore;
  let stripe: OwnStripe;
  let scene: SupportScene;

  before(async () => {
    firestore = quietFirestore();
    stripe = await startOwnStripe();
  });
  after(() => Promise.all([stripe.close(), firestore.terminate()]));
  beforeEach(async () => {
    await Promise.all([stripe.control.faults.clear(), stripe.control.takeEvents()]);
    scene = await supportScene(firestore, stripe);
  });

  const ledgerSize = async () => (await paymentsRef(firestore).count().get()).data().count;
  const comment = async (supportId: string) =>
    (await commentRef(firestore, scene.showId, supportId).get()).data();
  const totals = async () =>
    (await stageRef(firestore, scene.showId).get()).data()?.support?.eur ?? { amount: 0, count: 0 };
  /** Checks the refusal, and that nothing was written to the ledger or asked of Stripe. */
  const isRefused = async (
    changes: Parameters<SupportScene["begin"]>[0],
    reason: RefusalReason,
    details: RefusalDetails = {},
    by = scene.dan,
  ) => {
    const before = await ledgerSize();
    const asked = (await stripe.control.requests()).length;
    await assert.rejects(scene.begin(changes, by), refuses(reason, details));
    assert.equal(await ledgerSize(), before);
    assert.equal((await stripe.control.requests()).length, asked);
  };
  const wrong = (path: string, message: string): RefusalDetails => ({
    issues: [{ path, message }],
  });

  /** The digest carries the support, and the event of its removal asks for a digest without it. */
  const asksForFeed = async (supportId: string) => {
    const { deps, showId } = scene;
    const ref = commentRef(firestore, showId, supportId);
    const [after, digest] = await Promise.all([ref.get(), newestComments(firestore, showId)]);
    assert.equal(digest.find(({ id }) => id === supportId)?.support, undefined);
    await ref.update({ support: { amount: 500, currency: "eur" } });
    const before = await ref.get();
    const [supported] = await newestComments(firestore, showId);
    assert.deepEqual(supported?.support, { amount: 500, currency: "eur" });
    await ref.update({ support: FieldValue.delete() });
    const params = { showId, commentId: supportId };
    await onCommentWritten(deps, { data: { before, after }, params });
    assert.equal(deps.queued.publishFeed.length, 1);
    await onCommentWritten(deps, { data: { before, after: before }, params });
    assert.equal(deps.queued.publishFeed.length, 1);
  };

  it("is asked of Stripe as a direct charge with the fee, and nothing about the supporter", async function () {
    const { supportId, checkoutUrl } = await scene.begin({
      returnUrl: "https://ambient.example/show/1",
    });
    assert.match(checkoutUrl, /\/c\/pay\/cs_test_/);
    const request = (await stripe.control.requests()).at(-1);
    assert.deepEqual(
      [request?.path, request?.account, request?.idempotencyKey, request?.status],
      ["/v1/checkout/sessions", scene.accountId, `support-${supportId}`, 200],
    );
    const sent = Object.fromEntries(new URLSearchParams(request?.body));
    assert.partialDeepStrictEqual(sent, {
      "mode": "payment",
      "client_reference_id": supportId,
      "line_items[0][price_data][unit_amount]": "500",
      "line_items[0][price_data][currency]": "eur",
      "line_items[0][price_data][product_data][name]": "Support for Ada",
      "payment_intent_data[application_fee_amount]": "25",
      "payment_intent_data[metadata][supportId]": supportId,
      "success_url": `https://ambient.example/show/1?support=${supportId}`,
      "cancel_url": "https://ambient.example/show/1?support=cancelled",
    });
    assert.doesNotMatch(JSON.stringify(sent), /Dan|spotify_|What a night/);
    const payment = await scene.payment(supportId);
    assert.partialDeepStrictEqual(payment, {
      supporterUid: scene.dan.uid,
      supporter: { displayName: "Dan", photoUrl: null },
      creatorUid: scene.ada.uid,
      showId: scene.showId,
      amount: 500,
      currency: "eur",
      feeAmount: 25,
      status: "pending",
      message: "What a night",
      paidAt: null,
    });
    // Stripe's own description of its API has judged every request of these tests.
    if (!stripe.isJudged) this.skip();
  });

  it("is refused for each wrong amount and currency, with nothing written", async () => {
    for (const amount of [1, 199, 20_001]) {
      await isRefused({ amount }, "INVALID_ARGUMENT", wrong("amount", "must be from 200 to 20000"));
    }
    const names = "must be one of eur, jpy, kwd";
    for (const currency of ["usd", "xyz"]) {
      await isRefused({ currency }, "INVALID_ARGUMENT", wrong("currency", names));
    }
    // JPY 500 is 500 yen, KWD 1.23 has a digit that Stripe does not take.
    const yen = await scene.begin({ currency: "jpy", amount: 500 });
    assert.equal((await scene.payment(yen.supportId)).amount, 500);
    await isRefused(
      { currency: "kwd", amount: 1_234 },
      "INVALID_ARGUMENT",
      wrong("amount", "must be a multiple of 10"),
    );
    const { minVersions, features } = supportConfig;
    await clientConfigRef(firestore).set({ minVersions, features });
    await isRefused({}, "PAYMENTS_OFF");
  });

  it("is refused where either side may not, with nothing written", async () => {
    const { ada, dan, deps, showId } = scene;
    await isRefused({}, "INVALID_ARGUMENT", wrong("creatorUid", "must be somebody else"), ada);
    await isRefused({ creatorUid: "spotify_nobody" }, "PERSON_NOT_FOUND");
    await isRefused(
      { creatorUid: (await somebody("Eve", firestore)).uid, showId: undefined },
      "SUPPORT_UNAVAILABLE",
    );
    await isRefused({ from: "app" }, "SUPPORT_ONLY_ON_WEB");
    await isRefused({ showId: "no-such-show" }, "SHOW_NOT_FOUND");
    const eve = await somebody("Eve", firestore);
    for (const [status, creator, changes] of [
      ["draft", ada, {}],
      ["cancelled", ada, {}],
      ["ended", ada, { visibility: "taken_down" }],
      ["live", eve, {}],
    ] as const) {
      const elsewhere = await showIn(status, creator, changes, firestore);
      await isRefused({ showId: elsewhere }, "SHOW_NOT_FOUND");
    }
    await isRefused(
      { returnUrl: "https://evil.example" },
      "INVALID_ARGUMENT",
      wrong("returnUrl", "must be on one of the project's own origins"),
    );

    await banRef(firestore, showId, dan.uid).set({
      uid: dan.uid,
      by: ada.uid,
      at: Timestamp.now(),
      reason: null,
    });
    await isRefused({}, "BANNED");
    assert.ok(await scene.begin({ message: undefined }), "without a message, a ban says nothing");
    await banRef(firestore, showId, dan.uid).delete();

    await hiddenRef(firestore, dan.uid).set({ uids: [ada.uid] });
    await isRefused({ showId: undefined }, "BLOCKED");
    await hiddenRef(firestore, dan.uid).delete();

    for (const ref of [showWordsRef(firestore, showId), serviceWordsRef(firestore)]) {
      await ref.set({ words: ["night"], pattern: wordPattern(["night"]) });
      await isRefused({}, "WORDS_NOT_ALLOWED");
      await ref.delete();
    }

    const suspension = {
      uid: ada.uid,
      reportId: "report",
      by: "admin",
      reason: "fraud",
      at: Timestamp.now(),
      until: null,
      isApplied: true,
    };
    await suspensionRef(firestore, ada.uid).set(suspension);
    await isRefused({}, "SUPPORT_UNAVAILABLE");
    await suspensionRef(firestore, ada.uid).delete();

    await clientConfigRef(firestore).set({ ...supportConfig, termsVersion: 1 });
    await isRefused({}, "TERMS_NOT_ACCEPTED");
    const accepted = { version: 1, acceptedAt: Timestamp.now() };
    await termsRef(firestore, dan.uid).set({ ...accepted, ageBand: "minor" });
    await isRefused({}, "SUPPORT_ADULTS_ONLY");
    await clientConfigRef(firestore).set(supportConfig);

    const playback = playbackRef(firestore, showId);
    await playback.update({ mode: "music", trackUri: "spotify:track:a", trackIndex: 0 });
    await isRefused({}, "SUPPORT_NOT_NOW");
    await isRefused({ showId: undefined }, "SUPPORT_NOT_NOW");
    const anywhere = { ...deps, support: { ...deps.support, isWebOnly: false } };
    scene = { ...scene, deps: anywhere };
    await playback.update({ mode: "talk", trackUri: null, trackIndex: null });

    await allowanceRef(firestore, "support", dan.uid).set({
      expiresAt: Timestamp.fromMillis(deps.clock.now() + limits.support.seconds * 1_000),
    });
    await isRefused({}, "RATE_LIMITED", {
      retryAfterSeconds: limits.support.seconds / limits.support.count,
    });
    await allowanceRef(firestore, "support", dan.uid).delete();

    await stripe.control.changeAccount({ account: scene.accountId, chargesEnabled: false });
    // The event is still on its way, so Stripe refuses.
    await assert.rejects(scene.begin(), refuses("SUPPORT_UNAVAILABLE"));
    await scene.deliverAll();
    await isRefused({}, "SUPPORT_UNAVAILABLE");
    await userRef(firestore, ada.uid).delete();
    await isRefused({}, "PERSON_NOT_FOUND");
  });

  it("gets the same page for the same request, at once, later and after a lost answer, and none for other values", async () => {
    const requestId = randomUUID();
    const answers = await Promise.all(
      [1, 2, 3].map(() => callAgain(() => scene.begin({ requestId }))),
    );
    assert.deepEqual(answers, Array(3).fill(answers[0]));
    assert.deepEqual(await scene.begin({ requestId }), answers[0]);
    const used = wrong("requestId", "has been used for another payment");
    for (const changes of [{ amount: 600 }, { message: "Hi" }, { currency: "jpy" }]) {
      const before = await scene.payment(answers[0]?.supportId ?? "");
      await assert.rejects(
        scene.begin({ requestId, ...changes }),
        refuses("INVALID_ARGUMENT", used),
      );
      assert.deepEqual(await scene.payment(answers[0]?.supportId ?? ""), before);
    }
    const lost = randomUUID();
    await stripe.control.faults.set({ match: "/checkout/sessions", times: 9, status: 503 });
    await assert.rejects(scene.begin({ requestId: lost }), refuses("PAYMENTS_UNAVAILABLE"));
    await stripe.control.faults.clear();
    const again = await scene.begin({ requestId: lost });
    const eve = await somebody("Eve", firestore);
    assert.notEqual((await scene.begin({ requestId: lost }, eve)).supportId, again.supportId);

    const session = (await scene.payment(again.supportId)).stripe.sessionId ?? "";
    await stripe.control.act(session, "pay");
    await scene.deliverAll();
    await assert.rejects(
      scene.begin({ requestId: lost }),
      refuses("SUPPORT_NOT_PENDING", { status: "paid" }),
    );
  });

  it("is paid by Stripe's event, told twice and before the redirect: once in the ledger, the comments and the totals", async () => {
    const { supportId } = await scene.pay();
    assert.equal((await scene.payment(supportId)).status, "pending");
    const [event] = await stripe.control.takeEvents();
    assert.ok(event);
    assert.deepEqual(
      await Promise.all([1, 2, 3].map(() => stripe.deliver(scene.deps, event))),
      [200, 200, 200],
    );
    const paid = await scene.payment(supportId);
    assert.equal(paid.status, "paid");
    assert.deepEqual(paid.stripe.eventIds, [event.id]);
    assert.equal(paid.checkAt, null);
    assert.partialDeepStrictEqual(await comment(supportId), {
      authorUid: scene.dan.uid,
      author: { displayName: "Dan", photoUrl: null },
      text: "What a night",
      hidden: false,
      support: { amount: 500, currency: "eur" },
    });
    assert.deepEqual(await totals(), { amount: 500, count: 1 });
    // Neither an id that was followed before nor facts that are known change anything.
    const refunded = { ...event, type: "charge.refunded", data: { object: refundOf(paid) } };
    assert.equal(await stripe.deliver(scene.deps, refunded), 200);
    assert.equal(await stripe.deliver(scene.deps, { ...event, id: "evt_again" }), 200);
    assert.deepEqual(await scene.payment(supportId), paid);
    assert.deepEqual(await totals(), { amount: 500, count: 1 });
  });

  it("ends the same whichever order the events of payment, refund and dispute have", async () => {
    const story = async (order: "given" | "reversed") => {
      const { supportId, session } = await scene.pay();
      await stripe.control.actOnPayment({ session, act: "refund", amount: 200 });
      await stripe.control.actOnPayment({ session, act: "dispute" });
      await stripe.control.actOnPayment({ session, act: "win" });
      const statuses = await scene.deliverAll(order);
      assert.deepEqual(statuses, [200, 200, 200, 200]);
      return supportId;
    };
    const given = await story("given");
    assert.deepEqual(await totals(), { amount: 300, count: 1 });
    const reversed = await story("reversed");
    assert.deepEqual(await totals(), { amount: 600, count: 2 });
    for (const id of [given, reversed]) {
      const { status, facts } = await scene.payment(id);
      assert.equal(status, "partly_refunded");
      assert.deepEqual([facts.outcome, facts.refundedAmount], ["paid", 200]);
      assert.deepEqual(Object.values(facts.disputes), ["won"]);
      assert.deepEqual((await comment(id))?.support, { amount: 500, currency: "eur" });
    }
  });

  it("stays pending while a bank works, fails if it refuses, and expires with its page", async () => {
    const waiting = await scene.begin();
    const sessionOf = async (id: string) => (await scene.payment(id)).stripe.sessionId ?? "";
    await stripe.control.act(await sessionOf(waiting.supportId), "pay_later");
    await scene.deliverAll();
    assert.equal((await scene.payment(waiting.supportId)).status, "pending");
    assert.equal(await comment(waiting.supportId), undefined);
    await stripe.control.act(await sessionOf(waiting.supportId), "settle");
    await scene.deliverAll();
    assert.equal((await scene.payment(waiting.supportId)).status, "paid");

    const refusedByBank = await scene.begin();
    await stripe.control.act(await sessionOf(refusedByBank.supportId), "pay_later");
    await stripe.control.act(await sessionOf(refusedByBank.supportId), "fail");
    await scene.deliverAll("reversed");
    assert.equal((await scene.payment(refusedByBank.supportId)).status, "failed");

    const left = await scene.begin();
    await stripe.control.act(await sessionOf(left.supportId), "expire");
    await scene.deliverAll();
    assert.equal((await scene.payment(left.supportId)).status, "expired");
    assert.deepEqual(await totals(), { amount: 500, count: 1 });
  });

  it("is known without an event: the hourly check asks Stripe, about pages that nobody opened, too", async () => {
    const { supportId } = await scene.pay();
    await stripe.control.takeEvents();
    await stripe.control.faults.set({ match: "POST /v1/checkout/sessions", times: 9, status: 503 });
    await assert.rejects(scene.begin({ requestId: "lost" }), refuses("PAYMENTS_UNAVAILABLE"));
    await stripe.control.faults.clear();
    const slow = await scene.begin();
    const session = (await scene.payment(slow.supportId)).stripe.sessionId ?? "";
    await stripe.control.act(session, "pay_later");
    await stripe.control.takeEvents();

    await checkPayments(scene.deps);
    assert.equal((await scene.payment(supportId)).status, "pending", "too early to ask");
    scene.deps.clock.advance(2 * 3_600_000);
    await checkPayments(scene.deps);
    assert.equal((await scene.payment(supportId)).status, "paid");
    const unopened = await paymentsRef(firestore)
      .where("stripe.sessionId", "==", null)
      .where("supporterUid", "==", scene.dan.uid)
      .get();
    assert.deepEqual(
      unopened.docs.map((each) => each.data().status),
      ["expired"],
    );
    const waiting = await scene.payment(slow.supportId);
    assert.equal(waiting.status, "pending");
    assert.ok((waiting.checkAt?.toMillis() ?? 0) > scene.deps.clock.now());
  });

  it("is refunded by the creator alone, once, with the fee, also after a payout, and its highlight goes", async () => {
    const { ada, dan, deps } = scene;
    const { supportId, session } = await scene.pay();
    const pending = await scene.begin();
    await assert.rejects(
      refundSupport(deps, as(ada), { supportId: pending.supportId }),
      refuses("PAYMENT_NOT_REFUNDABLE", { status: "pending" }),
    );
    await scene.deliverAll();
    for (const other of [dan, await somebody("Eve", firestore)]) {
      await assert.rejects(
        refundSupport(deps, as(other), { supportId }),
        refuses("PAYMENT_NOT_FOUND"),
      );
    }
    const silent = await scene.pay({ message: undefined });
    await scene.deliverAll();
    assert.equal((await comment(silent.supportId))?.text, "");

    await stripe.control.changeAccount({ account: scene.accountId, payOut: true });
    assert.deepEqual(await refundSupport(deps, as(ada), { supportId }), { status: "refunded" });
    const balance = await stripe.control.changeAccount({ account: scene.accountId });
    assert.equal(balance.eur, -500, "the account owes what was paid out");
    const asked = (await stripe.control.requests()).filter(({ path }) => path === "/v1/refunds");
    assert.equal(asked.length, 1);
    assert.match(asked[0]?.body ?? "", /refund_application_fee=true/);
    assert.deepEqual(await refundSupport(deps, as(ada), { supportId }), { status: "refunded" });
    await scene.deliverAll();
    assert.partialDeepStrictEqual(await scene.payment(supportId), {
      status: "refunded",
      facts: { refundedAmount: 500 },
    });
    await asksForFeed(supportId);
    const said = await comment(supportId);
    assert.deepEqual([said?.text, said?.support], ["What a night", undefined]);
    await refundSupport(deps, as(ada), { supportId: silent.supportId });
    assert.equal(await comment(silent.supportId), undefined, "nothing is left of it");
    assert.deepEqual(await totals(), { amount: 0, count: 0 });

    // Refunded in Stripe's dashboard, while the event is on its way.
    const elsewhere = await scene.pay();
    await scene.deliverAll();
    await stripe.control.actOnPayment({ session: elsewhere.session, act: "refund" });
    assert.deepEqual(await refundSupport(deps, as(ada), { supportId: elsewhere.supportId }), {
      status: "refunded",
    });
    const disputed = await scene.pay();
    await scene.deliverAll();
    await stripe.control.actOnPayment({ session: disputed.session, act: "dispute" });
    await assert.rejects(
      refundSupport(deps, as(ada), { supportId: disputed.supportId }),
      refuses("PAYMENT_NOT_REFUNDABLE", { status: "paid" }),
    );
    await scene.deliverAll();
    assert.equal((await scene.payment(disputed.supportId)).status, "disputed");
    assert.equal((await comment(disputed.supportId))?.support, undefined);
    await stripe.control.actOnPayment({ session: disputed.session, act: "win" });
    await scene.deliverAll();
    assert.ok((await comment(disputed.supportId))?.support, "the money is the creator's again");
    assert.ok(session);
  });

  it("says nothing in the comments for those who are out, and is hidden where the words changed", async () => {
    const { dan, showId } = scene;
    const place = participantRef(firestore, showId, dan.uid);
    const ban = banRef(firestore, showId, dan.uid);
    const isSilent = async () => {
      const { supportId } = await scene.pay();
      return {
        async after(change: () => Promise<unknown>, back: () => Promise<unknown>) {
          await change();
          await scene.deliverAll();
          assert.equal((await scene.payment(supportId)).status, "paid");
          assert.equal(await comment(supportId), undefined);
          await back();
        },
      };
    };
    await (
      await isSilent()
    ).after(
      () => ban.set({ uid: dan.uid, by: scene.ada.uid, at: Timestamp.now(), reason: null }),
      () => ban.delete(),
    );
    const suspension = suspensionRef(firestore, dan.uid);
    await (
      await isSilent()
    ).after(
      () =>
        suspension.set({
          uid: dan.uid,
          reportId: "report",
          by: "admin",
          reason: "fraud",
          at: Timestamp.now(),
          until: null,
          isApplied: true,
        }),
      () => suspension.delete(),
    );
    await (
      await isSilent()
    ).after(
      () => place.update({ state: "left" }),
      () => place.update({ state: "present" }),
    );
    await (
      await isSilent()
    ).after(
      () => hiddenRef(firestore, dan.uid).set({ uids: [scene.ada.uid] }),
      () => hiddenRef(firestore, dan.uid).delete(),
    );
    await (
      await isSilent()
    ).after(
      () => showRef(firestore, showId).update({ "settings.commentsEnabled": false }),
      () => showRef(firestore, showId).update({ "settings.commentsEnabled": true }),
    );
    const { supportId } = await scene.pay();
    await showWordsRef(firestore, showId).set({
      words: ["night"],
      pattern: wordPattern(["night"]),
    });
    await scene.deliverAll();
    assert.equal((await comment(supportId))?.hidden, true);
  });

  it("counts in the show's summary, also if it is paid or refunded after the end", async () => {
    const { ada, deps, showId } = scene;
    const early = await scene.pay();
    await scene.deliverAll();
    const late = await scene.pay();
    const { summary } = await endShow(deps, as(ada), { showId });
    assert.deepEqual(summary.support, { eur: { amount: 500, count: 1 } });
    await scene.deliverAll();
    assert.equal(await comment(late.supportId), undefined, "the show is over");
    const final = async () => (await summaryRef(firestore, showId).get()).data()?.support;
    assert.deepEqual(await final(), { eur: { amount: 1_000, count: 2 } });
    const yen = await scene.pay({ currency: "jpy", amount: 400 });
    await scene.deliverAll();
    await refundSupport(deps, as(ada), { supportId: early.supportId });
    assert.deepEqual(await final(), {
      eur: { amount: 500, count: 1 },
      jpy: { amount: 400, count: 1 },
    });
    assert.equal((await scene.payment(yen.supportId)).status, "paid");
  });

  it("believes only what Stripe signed, for this mode and for this payment", async () => {
    const { supportId } = await scene.pay();
    const [event] = await stripe.control.takeEvents();
    assert.ok(event);
    const before = await scene.payment(supportId);
    const { deps } = scene;
    assert.equal(await stripe.deliver(deps, event, "whsec_other"), 400);
    assert.equal(await stripe.deliver(deps, event, ""), 400);
    assert.equal(await stripe.deliver(deps, { ...event, livemode: true }), 200);
    assert.equal(await stripe.deliver(deps, { ...event, account: "acct_other" }), 200);
    assert.equal(await stripe.deliver(deps, { ...event, account: undefined }), 200);
    assert.equal(await stripe.deliver(deps, { ...event, type: "payout.paid" }), 200);
    const data = { object: { ...objectOf(event), amount_total: 1 } };
    assert.equal(await stripe.deliver(deps, { ...event, data }), 200);
    const nobodys = { object: { ...objectOf(event), metadata: {}, payment_intent: null } };
    assert.equal(await stripe.deliver(deps, { ...event, data: nobodys }), 200);
    assert.deepEqual(await scene.payment(supportId), before);

    // A failure that a retry can mend.
    await paymentRef(firestore, supportId).update({ amount: "much" });
    assert.equal(await stripe.deliver(deps, event), 503);
    await paymentRef(firestore, supportId).update({ amount: 500 });
    assert.equal(await stripe.deliver(deps, event), 200);
    assert.equal((await scene.payment(supportId)).status, "paid");
  });
});

/** A charge of Stripe's that was refunded as a whole. */
function refundOf({ amount, currency, stripe }: PaymentDocument): object {
  const { paymentIntentId } = stripe;
  return {
    amount,
    currency,
    amount_refunded: amount,
    payment_intent: paymentIntentId,
    metadata: {},
  };
}

function objectOf(event: Readonly<Record<string, unknown>>): object {
  const { data } = event;
  if (typeof data !== "object" || data === null || !("object" in data)) return {};
  return typeof data.object === "object" && data.object !== null ? data.object : {};
}
