import type Stripe from "stripe";
import type { PaymentFacts } from "../contract/payments.js";
import { documentId } from "../contract/fields.js";
import type { Checkout } from "../ports/payments.js";

/** Stripe gives an object's id, or the object itself where it was asked to. */
export function idOf(reference: string | { readonly id: string } | null): string | null {
  return typeof reference === "string" ? reference : (reference?.id ?? null);
}

/** Whose payment it is, as it was written on the object when it was made. */
export function supportIdIn(metadata: Stripe.Metadata | null | undefined): string | null {
  return documentId.safeParse(metadata?.supportId).data ?? null;
}

export function outcomeOf({
  status,
  payment_status,
}: Pick<Stripe.Checkout.Session, "status" | "payment_status">): PaymentFacts["outcome"] {
  if (payment_status !== "unpaid") return "paid";
  return status === "expired" ? "expired" : "pending";
}

/**
 * The disputes in which money moved. An inquiry (`warning_…`) is a question of the bank's: the money stays with the creator,
 * and a refund settles it. If it becomes a dispute, Stripe withdraws the money and changes the status.
 */
export function disputesOf(
  disputes: readonly Pick<Stripe.Dispute, "id" | "status">[],
): PaymentFacts["disputes"] {
  const states = disputes.flatMap(({ id, status }) => {
    const state = disputeStateOf(status);
    return state === null ? [] : [[id, state] as const];
  });
  return Object.fromEntries(states);
}

function disputeStateOf(status: Stripe.Dispute.Status): "open" | "won" | "lost" | null {
  switch (status) {
    case "warning_needs_response":
    case "warning_under_review":
    case "warning_closed":
      return null;
    case "won":
    case "prevented":
      return "won";
    case "lost":
      return "lost";
    default:
      return "open";
  }
}

/** The charge of a session that was read with it; null: nothing was paid yet. */
export function chargeOf({
  payment_intent: intent,
}: Stripe.Checkout.Session): Stripe.Charge | null {
  const charge = typeof intent === "object" ? intent?.latest_charge : null;
  return typeof charge === "object" ? (charge ?? null) : null;
}

/** A payment page with what is known of its payment. A payment that waits for a bank may have failed there. */
export function checkoutOf(
  session: Stripe.Checkout.Session,
  disputes: readonly Stripe.Dispute[] = [],
): Checkout {
  const intent = session.payment_intent;
  const isExpanded = typeof intent === "object" && intent !== null;
  const charge = chargeOf(session);
  const isOver = session.status === "complete" && session.payment_status === "unpaid";
  const hasFailed =
    isOver &&
    isExpanded &&
    (intent.status === "requires_payment_method" || intent.status === "canceled");
  return {
    sessionId: session.id,
    url: session.status === "open" ? session.url : null,
    paymentIntentId: idOf(intent),
    facts: {
      outcome: hasFailed ? "failed" : outcomeOf(session),
      ...(charge && { refundedAmount: charge.amount_refunded }),
      disputes: disputesOf(disputes),
    },
  };
}
