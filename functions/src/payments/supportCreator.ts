import { Timestamp, type Transaction } from "firebase-admin/firestore";
import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { paymentRef } from "../collections.js";
import { joinFacts, noFacts, paymentStatusOf } from "../contract/payments.js";
import type { PaymentDocument, supportCreator as contract } from "../contract/support.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";
import { spend } from "../limits/spend.js";
import type { Checkout, CheckoutRequest } from "../ports/payments.js";
import { readGiving } from "./giving.js";
import { returnAddress } from "./returnAddress.js";

type Request = z.output<typeof contract.request>;

type SupportDependencies = Pick<Dependencies, "firestore" | "clock" | "payments" | "support">;

/** Stripe closes a page after 30 minutes at the earliest, by its own clock. This instance's clock may be some minutes behind. */
const PAGE_OPEN_MS = 40 * 60_000;
/** How long an unpaid attempt is kept, in ms. Tax law covers payments, not attempts. */
const UNPAID_KEPT_MS = 30 * 86_400_000;
/** By then, the page's own event has arrived, or has been lost. */
const CHECK_AFTER_MS = PAGE_OPEN_MS + 30 * 60_000;

/**
 * Begins a payment. It is in the ledger before Stripe knows of it, so each of Stripe's events finds its payment. A retry gets
 * the page that the payment has, or opens one if no page was kept.
 */
export async function supportCreator(
  deps: SupportDependencies,
  { uid }: Pick<Caller, "uid">,
  request: Request,
): Promise<z.input<typeof contract.response>> {
  const supportId = createHash("sha256")
    .update(JSON.stringify([uid, request.requestId]))
    .digest("hex");
  if (request.creatorUid === uid) throw invalidArgument("creatorUid", "must be somebody else");
  if (deps.support.isWebOnly && request.from !== "web") throw new Refusal("SUPPORT_ONLY_ON_WEB");
  const addresses = {
    successUrl: returnAddress(deps, request.returnUrl, supportId),
    cancelUrl: returnAddress(deps, request.returnUrl, "cancelled"),
  };
  const { payment, creatorName } = await deps.firestore.runTransaction((transaction) =>
    begin(deps, transaction, supportId, uid, request),
  );
  const { accountId, stripe } = payment;
  const { sessionId } = stripe;
  const checkout =
    sessionId === null
      ? await openPage(deps, supportId, payment, {
          ...addresses,
          title: `Support for ${creatorName}`,
        })
      : await deps.payments.readCheckout(accountId, sessionId);
  if (!checkout) throw new Refusal("SUPPORT_UNAVAILABLE");
  if (checkout.url === null) {
    // Stripe's event may still be on its way.
    const facts = joinFacts(payment.facts, checkout.facts);
    throw new Refusal("SUPPORT_NOT_PENDING", { status: paymentStatusOf(facts, payment.amount) });
  }
  return { supportId, checkoutUrl: checkout.url };
}

/**
 * Opens a page and stores it with the payment. Simultaneous calls all return the page that was stored first. The other
 * pages expire unused.
 */
async function openPage(
  deps: SupportDependencies,
  supportId: string,
  { accountId, amount, currency, feeAmount }: PaymentDocument,
  page: Pick<CheckoutRequest, "title" | "successUrl" | "cancelUrl">,
): Promise<Checkout | null> {
  const checkout = await deps.payments.openCheckout({
    ...page,
    supportId,
    accountId,
    amount,
    currency,
    feeAmount,
    closesAt: deps.clock.now() + PAGE_OPEN_MS,
  });
  const kept = await keepSession(deps, supportId, checkout.sessionId);
  return kept === checkout.sessionId ? checkout : deps.payments.readCheckout(accountId, kept);
}

/** The id of the payment's page: this one, unless it has one already. */
async function keepSession(
  { firestore: db, clock }: SupportDependencies,
  supportId: string,
  sessionId: string,
): Promise<string> {
  return db.runTransaction(async (transaction) => {
    const snapshot = await transaction.get(paymentRef(db, supportId));
    const payment = snapshot.data();
    if (payment?.status !== "pending") {
      throw new Refusal("SUPPORT_NOT_PENDING", { status: payment?.status ?? "expired" });
    }
    if (payment.stripe.sessionId !== null) return payment.stripe.sessionId;
    transaction.update(snapshot.ref, {
      stripe: { ...payment.stripe, sessionId },
      checkAt: Timestamp.fromMillis(clock.now() + CHECK_AFTER_MS),
    });
    return sessionId;
  });
}

/** The ledger's payment for this request. The first call creates it. */
async function begin(
  deps: SupportDependencies,
  transaction: Transaction,
  supportId: string,
  uid: string,
  request: Request,
): Promise<{ readonly payment: PaymentDocument; readonly creatorName: string }> {
  const now = deps.clock.now();
  const { creatorUid, showId = null, amount, currency, message = "" } = request;
  const giving = await readGiving(deps, transaction, supportId, uid, request);
  const { supporter, creatorName, accountId } = giving;
  const known = giving.payment.data();
  if (known) {
    assertSame(known, { supporterUid: uid, creatorUid, showId, amount, currency, message });
    assertPending(known, now);
    return { payment: known, creatorName };
  }
  spend(transaction, "support", giving.allowance, now);
  const createdAt = Timestamp.fromMillis(now);
  const payment: PaymentDocument = {
    supporterUid: uid,
    supporter: { displayName: supporter.displayName, photoUrl: supporter.photoUrl },
    creatorUid,
    showId,
    amount,
    currency,
    feeAmount: Math.floor((amount * deps.support.feeBasisPoints) / 10_000),
    status: "pending",
    message,
    facts: noFacts,
    accountId,
    stripe: { sessionId: null, paymentIntentId: null, eventIds: [] },
    createdAt,
    paidAt: null,
    updatedAt: createdAt,
    checkAt: Timestamp.fromMillis(now + CHECK_AFTER_MS),
    expiresAt: Timestamp.fromMillis(now + UNPAID_KEPT_MS),
  };
  transaction.set(giving.payment.ref, payment);
  return { payment, creatorName };
}

/** A retry must carry the same values. */
function assertSame(
  known: PaymentDocument,
  request: Pick<
    PaymentDocument,
    "supporterUid" | "creatorUid" | "showId" | "amount" | "currency" | "message"
  >,
): void {
  const isSame =
    known.supporterUid === request.supporterUid &&
    known.creatorUid === request.creatorUid &&
    known.showId === request.showId &&
    known.amount === request.amount &&
    known.currency === request.currency &&
    known.message === request.message;
  if (!isSame) throw invalidArgument("requestId", "has been used for another payment");
}

/** The check an hour after the beginning closes a payment without a page. It counts as closed even before that check runs. */
function assertPending({ status, stripe, checkAt }: PaymentDocument, now: number): void {
  const isLate = stripe.sessionId === null && checkAt !== null && checkAt.toMillis() <= now;
  if (status !== "pending" || isLate) {
    throw new Refusal("SUPPORT_NOT_PENDING", { status: isLate ? "expired" : status });
  }
}
