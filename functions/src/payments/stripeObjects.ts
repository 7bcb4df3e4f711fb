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

/** A dispute that ended without a decision leaves the money with the creator. */
export function disputeStateOf(status: Stripe.Dispute.Status): "open" | "won" | "lost" {
  switch (status) {
    case "won":
    case "warning_closed":
    case "prevented":
      return "won";
    case "lost":
      return "lost";
    default:
      return "open";
  }
}

/** A payment page with what is known of its payment. A payment that waits for a bank may have failed there. */
export function checkoutOf(session: Stripe.Checkout.Session): Checkout {
  const intent = session.payment_intent;
  const isExpanded = typeof intent === "object" && intent !== null;
  const charge = isExpanded ? intent.latest_charge : null;
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
      ...(typeof charge === "object" && charge && { refundedAmount: charge.amount_refunded }),
    },
  };
}
