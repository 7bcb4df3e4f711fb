import type { Account, Intent, Session } from "./state.js";

/** The parts of Stripe's objects that the functions read. https://docs.stripe.com/api */
export function accountObject({
  id,
  chargesEnabled,
  payoutsEnabled,
  requirementsDue,
  country,
  defaultCurrency,
}: Account) {
  return {
    id,
    object: "account",
    type: "express",
    country,
    default_currency: defaultCurrency,
    charges_enabled: chargesEnabled,
    payouts_enabled: payoutsEnabled,
    details_submitted: requirementsDue.length === 0,
    requirements: { currently_due: requirementsDue, disabled_reason: null },
    metadata: {},
  };
}

/** `expand`: as in Stripe's parameter of this name. */
export function sessionObject(session: Session, url: string, expand: readonly string[] = []) {
  const { intent, status } = session;
  const isChargeExpanded = expand.includes("payment_intent.latest_charge");
  const isExpanded = isChargeExpanded || expand.includes("payment_intent");
  return {
    id: session.id,
    object: "checkout.session",
    livemode: false,
    mode: "payment",
    status,
    payment_status: session.paymentStatus,
    amount_total: session.amount,
    currency: session.currency,
    client_reference_id: session.reference,
    metadata: session.metadata,
    payment_intent: intent && (isExpanded ? intentObject(intent, isChargeExpanded) : intent.id),
    success_url: session.successUrl,
    cancel_url: session.cancelUrl,
    expires_at: session.expiresAt,
    url: status === "open" ? `${url}/c/pay/${session.id}` : null,
  };
}

export function intentObject(intent: Intent, isChargeExpanded = false) {
  const charge = isChargeExpanded ? chargeObject(intent) : intent.chargeId;
  return {
    id: intent.id,
    object: "payment_intent",
    livemode: false,
    amount: intent.session.amount,
    currency: intent.session.currency,
    status: intent.status,
    metadata: intent.metadata,
    latest_charge: intent.status === "succeeded" ? charge : null,
  };
}

export function chargeObject(intent: Intent) {
  const { amount, currency } = intent.session;
  return {
    id: intent.chargeId,
    object: "charge",
    livemode: false,
    amount,
    amount_refunded: intent.refunded,
    currency,
    refunded: intent.refunded >= amount,
    disputed: intent.dispute !== null,
    payment_intent: intent.id,
    metadata: intent.metadata,
  };
}

export function disputeObject(intent: Intent) {
  return {
    id: intent.dispute?.id,
    object: "dispute",
    livemode: false,
    amount: intent.session.amount,
    currency: intent.session.currency,
    charge: intent.chargeId,
    payment_intent: intent.id,
    status: intent.dispute?.status,
    reason: "general",
    metadata: {},
  };
}
