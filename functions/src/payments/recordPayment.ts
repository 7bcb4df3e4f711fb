import { type DocumentSnapshot, Timestamp } from "firebase-admin/firestore";
import { isDeepStrictEqual } from "node:util";
import { commentRef, paymentRef, stageRef, summaryRef } from "../collections.js";
import { joinFacts, paymentStatusOf, receivedOf } from "../contract/payments.js";
import type { PaymentDocument } from "../contract/support.js";
import { withSupport } from "../contract/supportTotals.js";
import type { Dependencies } from "../dependencies.js";
import type { PaymentNews } from "../ports/payments.js";
import { readTogether } from "../readTogether.js";
import { nextCheck } from "./nextCheck.js";
import { markComment, postComment, readCommentPlace } from "./supportComment.js";
import { log } from "../log.js";

/** Facts about a payment; without an event's id, from an answer of Stripe's. */
type News = Omit<PaymentNews, "kind" | "eventId" | "supportId"> & {
  readonly eventId: string | null;
};

/**
 * Writes Stripe's facts about a payment down, in one transaction with everything that follows: the comment and the show's
 * totals. Known facts change nothing, so a repeated event has no second effect.
 */
export async function recordPayment(
  { firestore: db, clock, support }: Pick<Dependencies, "firestore" | "clock" | "support">,
  supportId: string,
  news: News,
): Promise<void> {
  await db.runTransaction(async (transaction) => {
    const snapshot = await transaction.get(paymentRef(db, supportId));
    const payment = snapshot.data();
    if (!isAbout(payment, supportId, news)) return;
    const { amount, stripe } = payment;
    if (news.eventId !== null && stripe.eventIds.includes(news.eventId)) return;
    const facts = joinFacts(payment.facts, news.facts);
    const paymentIntentId = stripe.paymentIntentId ?? news.paymentIntentId;
    const isNews =
      !isDeepStrictEqual(facts, payment.facts) || paymentIntentId !== stripe.paymentIntentId;
    if (!isNews) return;

    const status = paymentStatusOf(facts, amount);
    const received = receivedOf(facts, amount);
    const isFirstPaid = payment.paidAt === null && facts.outcome === "paid";
    // A transaction reads before it writes.
    const { showId } = payment;
    const beside =
      showId === null
        ? null
        : await readTogether(
            transaction,
            stageRef(db, showId),
            summaryRef(db, showId),
            commentRef(db, showId, supportId),
          );
    const place =
      showId !== null && isFirstPaid
        ? await readCommentPlace(transaction, db, showId, payment, clock.now())
        : null;

    const now = Timestamp.fromMillis(clock.now());
    const eventIds = [...stripe.eventIds, ...(news.eventId === null ? [] : [news.eventId])];
    const paidAt = isFirstPaid ? now : payment.paidAt;
    transaction.update(snapshot.ref, {
      facts,
      status,
      stripe: { ...stripe, paymentIntentId, eventIds },
      paidAt,
      checkAt:
        facts.outcome === "pending" ? payment.checkAt : nextCheck({ facts, paidAt }, clock.now()),
      updatedAt: now,
      ...(isFirstPaid && { expiresAt: Timestamp.fromMillis(clock.now() + support.retentionMs) }),
    });
    if (!beside) return;
    const [stage, summary, comment] = beside;
    const change = {
      currency: payment.currency,
      amount: received - receivedOf(payment.facts, amount),
      count: Number(received > 0) - Number(receivedOf(payment.facts, amount) > 0),
    };
    for (const totals of [stage, summary]) addSupport(totals);
    if (comment.exists) markComment(transaction, comment, payment, received > 0);
    else if (place) postComment(transaction, comment.ref, payment, place, received > 0, now);

    function addSupport(totals: DocumentSnapshot<{ readonly support?: Totals | undefined }>): void {
      const before = totals.data();
      if (!before || (change.amount === 0 && change.count === 0)) return;
      transaction.update(totals.ref, { support: withSupport(before.support ?? {}, change) });
    }
  });
}

type Totals = Parameters<typeof withSupport>[0];

/** Whether the news is about this payment. A creator's account cannot report payments to another creator. */
function isAbout(
  payment: PaymentDocument | undefined,
  supportId: string,
  { accountId, sessionId, money, facts, eventId }: News,
): payment is PaymentDocument {
  if (!payment) {
    log("WARNING", "payment not in the ledger", { supportId, eventId });
    return false;
  }
  // A page that was opened but never stored expires as well. That must not close the payment.
  if (facts.outcome === "expired" && sessionId !== payment.stripe.sessionId) return false;
  const isSameMoney =
    money === null || (money.amount === payment.amount && money.currency === payment.currency);
  if (payment.accountId === accountId && isSameMoney) return true;
  log("ERROR", "payment does not match the ledger", { supportId, eventId });
  return false;
}
