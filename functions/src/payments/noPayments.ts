import { Refusal } from "../errors.js";
import type { Payments } from "../ports/payments.js";

const refuse = () => Promise.reject(new Refusal("PAYMENTS_OFF"));

/** A project without payments. */
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
