import Stripe from "stripe";
import type { PaymentEvent, PaymentNews } from "../ports/payments.js";
import { disputesOf, idOf, outcomeOf, supportIdIn } from "./stripeObjects.js";

/** The signature does not match: wrong secret, altered body or expired timestamp. */
export class UnsignedPaymentEvent extends Error {
  override readonly name = "UnsignedPaymentEvent";
}

/**
 * Reads a webhook of Stripe's: null for an event that needs no action. Rejects with `UnsignedPaymentEvent` unless the signature
 * is over this exact body, by this secret and within five minutes. Stripe sends events of test mode to the endpoints of live
 * mode, too; they are not ours. https://docs.stripe.com/connect/webhooks
 */
export function stripeEvents(
  webhookSecret: string,
  secretKey: string,
): (rawBody: Buffer, signature: string | undefined) => Promise<PaymentEvent | null> {
  // An empty secret would let anybody sign.
  if (webhookSecret === "") return () => Promise.reject(new UnsignedPaymentEvent());
  const isLive = isLiveKey(secretKey);
  /** Any JSON can be signed, also null. */
  const read = (rawBody: Buffer, signature: string): Stripe.Event | null =>
    Stripe.webhooks.constructEvent(rawBody, signature, webhookSecret);
  return (rawBody, signature) => {
    let event: Stripe.Event | null;
    try {
      event = read(rawBody, signature ?? "");
    } catch {
      return Promise.reject(new UnsignedPaymentEvent());
    }
    return Promise.resolve(event?.livemode === isLive ? paymentEventOf(event) : null);
  };
}

/** Of secret and of restricted keys. */
export function isLiveKey(secretKey: string): boolean {
  return /^[a-z]+_live_/.test(secretKey);
}

/** Events without an account are about the project's own account, which takes no payments. */
function paymentEventOf(event: Stripe.Event): PaymentEvent | null {
  const { account: accountId, id: eventId } = event;
  if (accountId === undefined) return null;
  const news = (about: Omit<PaymentNews, "kind" | "eventId" | "accountId">): PaymentNews => ({
    kind: "payment",
    eventId,
    accountId,
    ...about,
  });
  const session = (
    { id, amount_total, currency, metadata, payment_intent }: Stripe.Checkout.Session,
    outcome: PaymentNews["facts"]["outcome"],
  ) =>
    news({
      supportId: supportIdIn(metadata),
      sessionId: id,
      paymentIntentId: idOf(payment_intent),
      money: amount_total === null || currency === null ? null : { amount: amount_total, currency },
      facts: outcome === undefined ? {} : { outcome },
    });
  switch (event.type) {
    case "checkout.session.completed":
      return session(event.data.object, outcomeOf(event.data.object));
    case "checkout.session.async_payment_succeeded":
      return session(event.data.object, "paid");
    case "checkout.session.async_payment_failed":
      return session(event.data.object, "failed");
    case "checkout.session.expired":
      return session(event.data.object, "expired");
    case "charge.refunded": {
      const { amount, amount_refunded, currency, metadata, payment_intent } = event.data.object;
      return news({
        supportId: supportIdIn(metadata),
        sessionId: null,
        paymentIntentId: idOf(payment_intent),
        money: { amount, currency },
        facts: { refundedAmount: amount_refunded },
      });
    }
    case "charge.dispute.created":
    case "charge.dispute.funds_withdrawn":
    case "charge.dispute.closed": {
      const dispute = event.data.object;
      return news({
        supportId: null,
        sessionId: null,
        paymentIntentId: idOf(dispute.payment_intent),
        money: null,
        facts: { disputes: disputesOf([dispute]) },
      });
    }
    case "account.updated":
      return { kind: "account", accountId };
    case "account.application.deauthorized":
      return { kind: "disconnected", accountId };
    default:
      return null;
  }
}
