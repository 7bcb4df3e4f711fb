import type { Money } from "../contract/money.js";
import type { PaymentFacts } from "../contract/payments.js";

/** A creator's account at the payment provider, as it is now. */
export interface PaymentAccount {
  readonly chargesEnabled: boolean;
  readonly payoutsEnabled: boolean;
  readonly requirementsDue: readonly string[];
  readonly country: string | null;
  readonly defaultCurrency: string | null;
}

/** What a payment page needs. */
export interface CheckoutRequest extends Money {
  readonly supportId: string;
  readonly accountId: string;
  readonly feeAmount: number;
  /** Its name on the page and the receipt. */
  readonly title: string;
  readonly successUrl: string;
  readonly cancelUrl: string;
  /** When the page closes, in ms since the epoch. */
  readonly closesAt: number;
}

/** A payment page as it is now. */
export interface Checkout {
  readonly sessionId: string;
  /** Null: it is closed. */
  readonly url: string | null;
  readonly paymentIntentId: string | null;
  readonly facts: Partial<PaymentFacts>;
}

/** Facts about a payment. */
export interface PaymentNews {
  readonly kind: "payment";
  readonly eventId: string;
  readonly accountId: string;
  /** Null: the event names only the payment intent. */
  readonly supportId: string | null;
  /** Null: the event is not about a payment page. */
  readonly sessionId: string | null;
  readonly paymentIntentId: string | null;
  /** The paid amount, if the event contains it. */
  readonly money: Money | null;
  readonly facts: Partial<PaymentFacts>;
}

/** What the provider reports by itself: once, twice, late or not at all, in any order. */
export type PaymentEvent =
  | PaymentNews
  /** Something about an account changed. */
  | { readonly kind: "account"; readonly accountId: string }
  /** The account is no longer connected to this project. */
  | { readonly kind: "disconnected"; readonly accountId: string };

/** The payment provider. All methods reject with PAYMENTS_UNAVAILABLE where it does not answer. */
export interface Payments {
  /** Resolves with the account's id. Within a day, the same key gives the same account. */
  createAccount(key: string): Promise<string>;
  /** Null: it is gone, or no longer connected. */
  readAccount(accountId: string): Promise<PaymentAccount | null>;
  /** The address of the provider's form. It works once. SUPPORT_ACCOUNT_MISSING: the account is gone. */
  onboardingUrl(accountId: string, returnUrl: string, refreshUrl: string): Promise<string>;
  /** The address of the provider's dashboard. It works once. SUPPORT_ACCOUNT_MISSING: there is none yet. */
  dashboardUrl(accountId: string): Promise<string>;
  /** Opens a new page with each call. SUPPORT_UNAVAILABLE: the account takes no payments. */
  openCheckout(request: CheckoutRequest): Promise<Checkout>;
  /** With refunds and disputes. Null: the account or the page is gone. */
  readCheckout(accountId: string, sessionId: string): Promise<Checkout | null>;
  /** Refunds what is left, with the fee. False: the provider refuses. */
  refund(payment: {
    readonly accountId: string;
    readonly paymentIntentId: string;
    readonly hasFee: boolean;
  }): Promise<boolean>;
  /** Which payment an intent belongs to; null: none of ours. */
  supportIdOf(accountId: string, paymentIntentId: string): Promise<string | null>;
}
