import type { Payment } from "@ambient/client";
import { amountText } from "../ui/format.js";
import { words } from "../words/words.js";

export interface PaymentOutcome {
  /** `waiting`: it can still be paid, or Stripe has not confirmed it. `returned`: the supporter has the money again. */
  readonly kind: "waiting" | "received" | "returned" | "not_paid";
  readonly title: string;
  readonly text: string;
}

export function waiting(): PaymentOutcome {
  return { kind: "waiting", title: words.support.waitingTitle, text: words.support.waiting };
}

/** What the supporter reads about their payment. */
export function paymentOutcome(
  payment: Pick<Payment, "status" | "amount" | "currency">,
): PaymentOutcome {
  const { support } = words;
  const amount = amountText(payment);
  switch (payment.status) {
    case "pending":
    // A newer server may have a status that this version does not know.
    case "unknown":
      return waiting();
    case "paid":
      return { kind: "received", title: support.thanks, text: support.arrived(amount) };
    case "partly_refunded":
      return {
        kind: "received",
        title: support.thanks,
        text: support.arrivedInPart(amount),
      };
    case "refunded":
      return {
        kind: "returned",
        title: support.refundedTitle,
        text: support.refunded(amount),
      };
    case "disputed":
      return {
        kind: "returned",
        title: support.disputedTitle,
        text: support.disputed(amount),
      };
    case "failed":
    case "expired":
      return {
        kind: "not_paid",
        title: support.notPaidTitle,
        text: support.notPaid,
      };
  }
}
