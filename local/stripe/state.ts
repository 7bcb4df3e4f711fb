import type { Answer } from "../http/answer.js";
import { Faults } from "../faults/faults.js";
import { Outbox } from "./outbox.js";

export interface LocalStripeOptions {
  /** 0 chooses any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Where events go; without it they are kept until `deliver` or `takeEvents` of the control. */
  readonly webhookUrl?: string | undefined;
  /** A stripe-mock, which judges each request by Stripe's own OpenAPI description before this server sees it. */
  readonly mockUrl?: string | undefined;
}

export interface Account {
  readonly id: string;
  chargesEnabled: boolean;
  payoutsEnabled: boolean;
  requirementsDue: string[];
  country: string;
  defaultCurrency: string;
  isConnected: boolean;
  /** What is left after fees, refunds and disputes, in minor units by currency. It may be negative. */
  readonly balance: Map<string, number>;
}

export interface Session {
  readonly id: string;
  readonly account: string;
  readonly amount: number;
  readonly currency: string;
  readonly feeAmount: number;
  readonly title: string;
  readonly reference: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly intentMetadata: Readonly<Record<string, string>>;
  readonly successUrl: string;
  readonly cancelUrl: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
  status: "open" | "complete" | "expired";
  paymentStatus: "unpaid" | "paid";
  intent: Intent | null;
}

export interface Intent {
  readonly id: string;
  readonly chargeId: string;
  readonly session: Session;
  readonly metadata: Readonly<Record<string, string>>;
  status: "processing" | "succeeded" | "requires_payment_method";
  refunded: number;
  dispute: {
    readonly id: string;
    status: "warning_needs_response" | "needs_response" | "won" | "lost";
  } | null;
}

/** A one-time address of the onboarding form. */
export interface OnboardingLink {
  readonly account: Account;
  readonly returnUrl: string;
  /** Where the address leads once it has been opened. */
  readonly refreshUrl: string;
  state: "new" | "opened" | "done";
}

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly account: string | null;
  readonly idempotencyKey: string | null;
  readonly body: string;
  status: number | null;
}

export interface State {
  readonly options: LocalStripeOptions;
  /** This server's address, for the pages that it serves. */
  url: string;
  readonly accounts: Map<string, Account>;
  readonly sessions: Map<string, Session>;
  readonly intents: Map<string, Intent>;
  readonly onboarding: Map<string, OnboardingLink>;
  /** One-time addresses of the dashboard. */
  readonly dashboards: Map<string, Account>;
  /** The answers by account and idempotency key, with the request that they are for. */
  readonly answered: Map<string, { readonly request: string; readonly answer: Answer }>;
  readonly outbox: Outbox;
  readonly faults: Faults;
  readonly log: LoggedRequest[];
}

export function createState(options: LocalStripeOptions): State {
  return {
    options,
    url: "",
    accounts: new Map(),
    sessions: new Map(),
    intents: new Map(),
    onboarding: new Map(),
    dashboards: new Map(),
    answered: new Map(),
    outbox: new Outbox(options),
    faults: new Faults(),
    log: [],
  };
}
