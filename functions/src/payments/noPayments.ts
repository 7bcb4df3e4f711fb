import { Refusal } from "../errors.js";
import type { Payments } from "../ports/payments.js";

const refuse = () => Promise.reject(new Refusal("PAYMENTS_OFF"));

/** A project without a key of Stripe's. */
export const noPayments: Payments = {
  createAccount: refuse,
  readAccount: refuse,
  onboardingUrl: refuse,
  dashboardUrl: refuse,
  openCheckout: refuse,
  readCheckout: refuse,
  refund: refuse,
  supportIdOf: refuse,
};

/** Payments are switched off. Earlier payments are still followed and can be refunded. */
export function noNewPayments(payments: Payments): Payments {
  return { ...payments, createAccount: refuse, openCheckout: refuse };
}
