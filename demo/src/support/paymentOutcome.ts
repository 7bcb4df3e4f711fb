import { moneyText, type Payment } from "@ambient/client";

export interface PaymentOutcome {
  /** `waiting`: it can still be paid, or Stripe has not confirmed it. `returned`: the supporter has the money again. */
  readonly kind: "waiting" | "received" | "returned" | "not_paid";
  readonly title: string;
  readonly text: string;
}

export const waiting: PaymentOutcome = {
  kind: "waiting",
  title: "One moment",
  text: "Waiting for Stripe to confirm your payment…",
};

/** What the supporter reads about their payment. */
export function paymentOutcome(
  payment: Pick<Payment, "status" | "amount" | "currency">,
): PaymentOutcome {
  const amount = moneyText(payment);
  switch (payment.status) {
    case "pending":
    // A newer server may have a status that this version does not know.
    case "unknown":
      return waiting;
    case "paid":
      return { kind: "received", title: "Thank you", text: `Your ${amount} arrived.` };
    case "partly_refunded":
      return {
        kind: "received",
        title: "Thank you",
        text: `Your ${amount} arrived, and a part of it was refunded.`,
      };
    case "refunded":
      return {
        kind: "returned",
        title: "Your payment was refunded",
        text: `You get your ${amount} back.`,
      };
    case "disputed":
      return {
        kind: "returned",
        title: "Your payment is disputed",
        text: `Your bank decides about your ${amount}.`,
      };
    case "failed":
    case "expired":
      return {
        kind: "not_paid",
        title: "Nothing was paid",
        text: "You can close this and try again.",
      };
  }
}
