import assert from "node:assert/strict";
import { FieldValue, Timestamp, type Firestore } from "firebase-admin/firestore";

import {
  banRef,
  commentRef,
  hiddenRef,
  paymentRef,
  paymentsRef,
  participantRef,
  showRef,
  showWordsRef,
  stageRef,
  summaryRef,
  suspensionRef,
} from "../../src/collections.js";
import type { PaymentDocument } from "../../src/contract/support.js";
import { newestComments } from "../../src/feed/digestComments.js";
import { onCommentWritten } from "../../src/feed/onCommentWritten.js";
import { checkPayments } from "../../src/payments/checkPayments.js";
import { noNewPayments } from "../../src/payments/noPayments.js";
import { refundSupport } from "../../src/payments/refundSupport.js";
import { wordPattern } from "../../src/wordFilter/wordPattern.js";
import { endShow } from "../../src/shows/endShow.js";
import { quietFirestore, somebody } from "../support/backstage.js";

import { as } from "../support/callers.js";
import { startOwnStripe, type OwnStripe } from "../support/ownStripe.js";
import { refuses } from "../support/refuses.js";
import { supportScene, type SupportScene } from "../support/supportScene.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

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

  const comment = async (supportId: string) =>
    (await commentRef(firestore, scene.showId, supportId).get()).data();
  const totals = async () =>
    (await stageRef(firestore, scene.showId).get()).data()?.support?.eur ?? { amount: 0, count: 0 };
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

  it("is paid by Stripe's event, sent twice and before the redirect: once in the ledger, the comments and the totals", async () => {
    const { supportId } = await scene.pay();
    const pending = await scene.payment(supportId);
    assert.equal(pending.status, "pending");
    const daysKept = ({ expiresAt }: PaymentDocument) =>
      Math.round((expiresAt.toMillis() - scene.deps.clock.now()) / DAY_MS);
    assert.equal(daysKept(pending), 30, "an intention is no payment");
    const [event] = await stripe.control.takeEvents();
    assert.ok(event);
    assert.deepEqual(
      await Promise.all([1, 2, 3].map(() => stripe.deliver(scene.deps, event))),
      [200, 200, 200],
    );
    const paid = await scene.payment(supportId);
    assert.equal(paid.status, "paid");
    assert.deepEqual(paid.stripe.eventIds, [event.id]);
    assert.equal(paid.checkAt?.toMillis(), scene.deps.clock.now() + DAY_MS);
    assert.equal(daysKept(paid), Math.round(scene.deps.support.retentionMs / DAY_MS));
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

  it("ends the same in whichever order the events of payment, refund and dispute arrive", async () => {
    const story = async (order: "given" | "reversed", message?: string) => {
      const { supportId, session } = await scene.pay({ message });
      await stripe.control.actOnPayment({ session, act: "refund", amount: 200 });
      await stripe.control.actOnPayment({ session, act: "dispute" });
      await stripe.control.actOnPayment({ session, act: "win" });
      const statuses = await scene.deliverAll(order);
      assert.deepEqual(statuses, [200, 200, 200, 200, 200]);
      return supportId;
    };
    const ids = [await story("given", "What a night")];
    assert.deepEqual(await totals(), { amount: 300, count: 1 });
    ids.push(
      await story("reversed", "What a night"),
      await story("given"),
      await story("reversed"),
    );
    assert.deepEqual(await totals(), { amount: 1_200, count: 4 });
    for (const id of ids) {
      const { status, facts } = await scene.payment(id);
      assert.equal(status, "partly_refunded");
      assert.deepEqual([facts.outcome, facts.refundedAmount], ["paid", 200]);
      assert.deepEqual(Object.values(facts.disputes), ["won"]);
      const { support, hidden } = (await comment(id)) ?? {};
      assert.deepEqual([support, hidden], [{ amount: 500, currency: "eur" }, false]);
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

  it("is checked a day, a week, a month and four months later, for refunds and disputes whose events were lost", async () => {
    const { clock } = scene.deps;
    const [refunded, disputed] = [await scene.pay(), await scene.pay()];
    await scene.deliverAll();
    const paidAt = clock.now();
    const statuses = async () => [
      (await scene.payment(refunded.supportId)).status,
      (await scene.payment(disputed.supportId)).status,
    ];
    await stripe.control.actOnPayment({ session: refunded.session, act: "refund", amount: 200 });
    await stripe.control.takeEvents();
    await checkPayments(scene.deps);
    assert.deepEqual(await statuses(), ["paid", "paid"], "too early to ask");
    clock.advance(DAY_MS);
    await checkPayments(scene.deps);
    assert.deepEqual(await statuses(), ["partly_refunded", "paid"]);
    await stripe.control.actOnPayment({ session: disputed.session, act: "dispute" });
    await stripe.control.takeEvents();
    for (const [days, next] of [
      [7, 30],
      [30, 120],
      [120, null],
    ] as const) {
      clock.advance(paidAt + days * DAY_MS - clock.now());
      await checkPayments(scene.deps);
      assert.deepEqual(await statuses(), ["partly_refunded", "disputed"]);
      const checkAt = (await scene.payment(disputed.supportId)).checkAt?.toMillis();
      assert.equal(checkAt, next === null ? undefined : paidAt + next * DAY_MS);
    }
    assert.deepEqual(await totals(), { amount: 300, count: 1 });
  });

  it("expires when its account is gone, and a failed check is repeated later, after the others", async () => {
    const { clock } = scene.deps;
    const gone = await scene.begin();
    await stripe.control.changeAccount({ account: scene.accountId, disconnect: true });
    const other = await supportScene(firestore, stripe);
    const failing = await other.begin();
    clock.advance(2 * HOUR_MS);
    const { sessionId } = (await scene.payment(failing.supportId)).stripe;
    await stripe.control.faults.set({ match: sessionId ?? "", times: 9, status: 500 });
    await assert.rejects(checkPayments(scene.deps), AggregateError);
    const expired = await scene.payment(gone.supportId);
    assert.deepEqual([expired.status, expired.checkAt], ["expired", null]);
    const later = await scene.payment(failing.supportId);
    assert.equal(later.status, "pending");
    assert.equal(later.checkAt?.toMillis(), clock.now() + 6 * HOUR_MS);
  });

  it("is refunded by the creator alone, once, with the fee, also after a payout, and its highlight goes", async () => {
    const { ada, dan, deps } = scene;
    const { supportId } = await scene.pay();
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
    assert.equal(balance.eur, -475, "the account owes what was paid out; the fee comes back");
    const refunds = (await stripe.control.requests()).filter(({ path }) => path === "/v1/refunds");
    assert.equal(refunds.length, 1);
    assert.match(refunds[0]?.body ?? "", /refund_application_fee=true/);
    assert.deepEqual(await refundSupport(deps, as(ada), { supportId }), { status: "refunded" });
    await scene.deliverAll();
    assert.partialDeepStrictEqual(await scene.payment(supportId), {
      status: "refunded",
      facts: { refundedAmount: 500 },
    });
    await asksForFeed(supportId);
    const unmarked = await comment(supportId);
    assert.deepEqual([unmarked?.text, unmarked?.support], ["What a night", undefined]);
    await refundSupport(deps, as(ada), { supportId: silent.supportId });
    const wordless = await comment(silent.supportId);
    assert.deepEqual([wordless?.support, wordless?.hidden], [undefined, true]);
    assert.deepEqual(await totals(), { amount: 0, count: 0 });

    // Refunded in Stripe's dashboard, while the event is on its way, and payments are switched off in the meantime.
    const elsewhere = await scene.pay();
    await scene.deliverAll();
    await stripe.control.actOnPayment({ session: elsewhere.session, act: "refund" });
    const switchedOff = { ...deps, payments: noNewPayments(deps.payments) };
    assert.deepEqual(
      await refundSupport(switchedOff, as(ada), { supportId: elsewhere.supportId }),
      {
        status: "refunded",
      },
    );
  });

  it("cannot be refunded while it is disputed, and shines again once the creator has won", async () => {
    const { ada, deps } = scene;
    const disputed = await scene.pay();
    const wordless = await scene.pay({ message: undefined });
    const judged = await scene.pay({ message: undefined });
    await scene.deliverAll();
    await stripe.control.actOnPayment({ session: wordless.session, act: "dispute" });
    await stripe.control.actOnPayment({ session: judged.session, act: "dispute" });
    await stripe.control.actOnPayment({ session: disputed.session, act: "dispute" });
    await assert.rejects(
      refundSupport(deps, as(ada), { supportId: disputed.supportId }),
      refuses("PAYMENT_NOT_REFUNDABLE", { status: "paid" }),
    );
    await scene.deliverAll();
    assert.equal((await scene.payment(disputed.supportId)).status, "disputed");
    assert.equal((await comment(disputed.supportId))?.support, undefined);
    assert.equal((await comment(wordless.supportId))?.hidden, true);
    assert.deepEqual(await totals(), { amount: 0, count: 0 });
    await commentRef(firestore, scene.showId, judged.supportId).update({
      hiddenByReport: "report",
    });
    for (const { session } of [disputed, wordless, judged]) {
      await stripe.control.actOnPayment({ session, act: "win" });
    }
    await scene.deliverAll();
    assert.equal((await comment(judged.supportId))?.hidden, true, "an admin has hidden it");
    for (const { supportId } of [disputed, wordless]) {
      const { support, hidden } = (await comment(supportId)) ?? {};
      assert.deepEqual([support, hidden], [{ amount: 500, currency: "eur" }, false]);
    }
    assert.deepEqual(await totals(), { amount: 1_500, count: 3 });
  });

  it("has its comment, without the highlight, if the event of a dispute comes before the payment's", async () => {
    const { supportId, session } = await scene.pay();
    await stripe.control.actOnPayment({ session, act: "dispute" });
    await scene.deliverAll("reversed");
    const before = await comment(supportId);
    assert.deepEqual([before?.text, before?.support], ["What a night", undefined]);
    await stripe.control.actOnPayment({ session, act: "win" });
    await scene.deliverAll();
    assert.deepEqual((await comment(supportId))?.support, { amount: 500, currency: "eur" });
  });

  it("stays paid and can be refunded while a bank inquires, and is disputed if the bank takes the money", async () => {
    const { ada, deps } = scene;
    const [settled, escalated] = [await scene.pay(), await scene.pay()];
    await scene.deliverAll();
    for (const { session } of [settled, escalated]) {
      await stripe.control.actOnPayment({ session, act: "inquire" });
    }
    await scene.deliverAll();
    for (const { supportId } of [settled, escalated]) {
      assert.equal((await scene.payment(supportId)).status, "paid");
    }
    assert.deepEqual(await totals(), { amount: 1_000, count: 2 });
    await refundSupport(deps, as(ada), { supportId: settled.supportId });
    assert.equal((await scene.payment(settled.supportId)).status, "refunded");
    await stripe.control.actOnPayment({ session: escalated.session, act: "dispute" });
    await scene.deliverAll();
    assert.equal((await scene.payment(escalated.supportId)).status, "disputed");
    assert.deepEqual(await totals(), { amount: 0, count: 0 });
  });

  it("adds no comment for a supporter who has left the show, and hides one with a newly filtered word", async () => {
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

    // A failure that a retry can fix.
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
