import Stripe from "stripe";
import { Refusal } from "../errors.js";
import type { Checkout, PaymentAccount, Payments } from "../ports/payments.js";
import { chargeOf, checkoutOf, supportIdIn } from "./stripeObjects.js";

export interface StripeSettings {
  readonly secretKey: string;
  /** Where Stripe's API answers. */
  readonly apiUrl: string;
}

/** Stripe's default is 80 s, longer than a caller waits. */
const TIMEOUT_MS = 8_000;
const MAX_RETRIES = 2;

/**
 * Payments through Stripe Connect, as direct charges: the creator's account takes the payment, and Ambient's fee is split
 * off. docs/SUPPORT.md says why. https://docs.stripe.com/connect/direct-charges
 */
export function stripePayments({ secretKey, apiUrl }: StripeSettings): Payments {
  const { hostname, port, protocol } = new URL(apiUrl);
  const stripe = new Stripe(secretKey, {
    host: hostname,
    port: port === "" ? (protocol === "http:" ? 80 : 443) : port,
    protocol: protocol === "http:" ? "http" : "https",
    timeout: TIMEOUT_MS,
    maxNetworkRetries: MAX_RETRIES,
    telemetry: false,
  });
  async function readAccount(accountId: string): Promise<PaymentAccount | null> {
    const account = await unlessGone(() => stripe.accounts.retrieve(accountId));
    return (
      account && {
        chargesEnabled: account.charges_enabled,
        payoutsEnabled: account.payouts_enabled,
        requirementsDue: account.requirements?.currently_due ?? [],
        country: account.country ?? null,
        defaultCurrency: account.default_currency ?? null,
      }
    );
  }
  return {
    async createAccount(key) {
      const account = await answerOf(() =>
        stripe.accounts.create(
          {
            type: "express",
            capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
          },
          { idempotencyKey: `account-${key}` },
        ),
      );
      return account.id;
    },
    readAccount,
    async onboardingUrl(accountId, returnUrl, refreshUrl) {
      const link = await unlessGone(() =>
        stripe.accountLinks.create({
          account: accountId,
          type: "account_onboarding",
          return_url: returnUrl,
          refresh_url: refreshUrl,
        }),
      );
      if (!link) throw new Refusal("SUPPORT_ACCOUNT_MISSING");
      return link.url;
    },
    async dashboardUrl(accountId) {
      try {
        return (await answerOf(() => stripe.accounts.createLoginLink(accountId))).url;
      } catch (error) {
        // Stripe has no dashboard for an account whose form was never completed.
        const isMissing = error instanceof Stripe.errors.StripeInvalidRequestError || isGone(error);
        throw isMissing ? new Refusal("SUPPORT_ACCOUNT_MISSING") : error;
      }
    },
    async openCheckout(request) {
      const { supportId, accountId, amount, currency, feeAmount, title } = request;
      // Nothing about the supporter: Stripe learns from them what it needs.
      const metadata = { supportId };
      try {
        const session = await answerOf(() =>
          stripe.checkout.sessions.create(
            {
              mode: "payment",
              submit_type: "pay",
              client_reference_id: supportId,
              metadata,
              line_items: [
                {
                  quantity: 1,
                  price_data: { currency, unit_amount: amount, product_data: { name: title } },
                },
              ],
              payment_intent_data: {
                metadata,
                ...(feeAmount > 0 && { application_fee_amount: feeAmount }),
              },
              success_url: request.successUrl,
              cancel_url: request.cancelUrl,
              expires_at: Math.floor(request.closesAt / 1_000),
            },
            // The library makes an idempotency key for each call. A key of the payment's own would make Stripe repeat a
            // failure for a day, and refuse a retry with a later expiry.
            { stripeAccount: accountId },
          ),
        );
        return checkoutOf(session);
      } catch (error) {
        if (isGone(error)) throw new Refusal("SUPPORT_UNAVAILABLE");
        // Stripe has no code for an account that was restricted a moment ago.
        if (error instanceof Stripe.errors.StripeInvalidRequestError) {
          const account = await readAccount(accountId);
          if (!account?.chargesEnabled) throw new Refusal("SUPPORT_UNAVAILABLE");
        }
        throw error;
      }
    },
    async readCheckout(accountId, sessionId): Promise<Checkout | null> {
      const session = await unlessGone(() =>
        stripe.checkout.sessions.retrieve(
          sessionId,
          { expand: ["payment_intent.latest_charge"] },
          { stripeAccount: accountId },
        ),
      );
      if (!session) return null;
      const charge = chargeOf(session);
      if (!charge?.disputed) return checkoutOf(session);
      const disputes = await answerOf(() =>
        stripe.disputes.list({ charge: charge.id }, { stripeAccount: accountId }),
      );
      return checkoutOf(session, disputes.data);
    },
    async refund({ accountId, paymentIntentId, hasFee }) {
      try {
        const refund = await answerOf(() =>
          stripe.refunds.create(
            {
              payment_intent: paymentIntentId,
              reason: "requested_by_customer",
              ...(hasFee && { refund_application_fee: true }),
            },
            // No idempotency key of the payment's: Stripe refunds no charge twice, and would repeat a refusal for a day.
            { stripeAccount: accountId },
          ),
        );
        return refund.status !== "failed" && refund.status !== "canceled";
      } catch (error) {
        if (hasCode(error, "charge_already_refunded")) return true;
        if (error instanceof Stripe.errors.StripeInvalidRequestError || isGone(error)) return false;
        throw error;
      }
    },
    async supportIdOf(accountId, paymentIntentId) {
      const intent = await unlessGone(() =>
        stripe.paymentIntents.retrieve(paymentIntentId, {}, { stripeAccount: accountId }),
      );
      return supportIdIn(intent?.metadata);
    },
  };
}

/** PAYMENTS_UNAVAILABLE where Stripe does not answer, or answers with an error of its own or without an object. */
async function answerOf<Answer extends object>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    const answer = await ask();
    // Without an object, nothing shows that Stripe has done what was requested.
    if (!("object" in answer)) throw new Refusal("PAYMENTS_UNAVAILABLE");
    return answer;
  } catch (error) {
    const { StripeAPIError, StripeConnectionError, StripeRateLimitError } = Stripe.errors;
    const isDown =
      error instanceof StripeConnectionError ||
      error instanceof StripeAPIError ||
      error instanceof StripeRateLimitError;
    throw isDown ? new Refusal("PAYMENTS_UNAVAILABLE") : error;
  }
}

async function unlessGone<Answer extends object>(
  ask: () => Promise<Answer>,
): Promise<Answer | null> {
  try {
    return await answerOf(ask);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** `account_invalid`: the account is no longer connected. Any other permission error means that the key lacks a permission. */
function isGone(error: unknown): boolean {
  return hasCode(error, "account_invalid") || hasCode(error, "resource_missing");
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Stripe.errors.StripeError && error.code === code;
}
