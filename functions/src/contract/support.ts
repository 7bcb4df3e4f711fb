import { z } from "zod";
import { defineCallable } from "./callable.js";
import { documentId, NOT_BLANK, personCard, personId, timestamp, userId } from "./fields.js";
import { currencyCode, minorUnits } from "./money.js";
import { paymentFacts, paymentStatus } from "./payments.js";

export const LONGEST_SUPPORT_MESSAGE = 200;

/**
 * `supportAccounts/{uid}`: a creator's account at Stripe, as Stripe described it last. Stripe keeps everything else: names,
 * documents, bank accounts.
 */
export const supportAccountDocument = z.object({
  /** Null: it is being created. */
  accountId: z.string().nullable().meta({ data: "supportAccount" }),
  /** The idempotency key of the account's creation: two calls at once get the same account. */
  accountKey: z.string().meta({ data: "supportAccount" }),
  chargesEnabled: z
    .boolean()
    .describe("whether listeners can support the creator")
    .meta({ data: "supportAccount" }),
  payoutsEnabled: z
    .boolean()
    .describe("whether Stripe pays out to the creator's bank")
    .meta({ data: "supportAccount" }),
  requirementsDue: z
    .array(z.string())
    .describe("what Stripe still needs from the creator, in Stripe's words")
    .meta({ data: "supportAccount" }),
  country: z.string().nullable().meta({ data: "supportAccount" }),
  defaultCurrency: z.string().nullable().meta({ data: "supportAccount" }),
  createdAt: timestamp.meta({ data: "supportAccount" }),
  /** The moment before Stripe was read: an older answer does not overwrite a newer one. */
  checkedAt: timestamp.nullable().meta({ data: "supportAccount" }),
});
export type SupportAccountDocument = z.infer<typeof supportAccountDocument>;

/** `payments/{supportId}`: the ledger. Only the server writes it; the supporter and the creator read their own. */
export const paymentDocument = z.object({
  supporterUid: userId.meta({ data: "supporter" }),
  supporter: personCard.meta({ data: "supporterCard" }),
  creatorUid: userId.meta({ data: "supported" }),
  accountId: z
    .string()
    .describe("the creator's account at Stripe")
    .meta({ data: "supportedAccount" }),
  showId: documentId.nullable().meta({ data: "payment" }),
  amount: z.int().positive().describe("in the currency's smallest unit").meta({ data: "payment" }),
  currency: z.string().meta({ data: "payment" }),
  feeAmount: z.int().nonnegative().describe("what Ambient keeps of it").meta({ data: "payment" }),
  status: paymentStatus.meta({ data: "payment" }),
  message: z
    .string()
    .describe(`at most ${LONGEST_SUPPORT_MESSAGE} characters; empty: none`)
    .meta({ data: "supportMessage" }),
  /** What `status` is derived from. */
  facts: paymentFacts.meta({ data: "payment" }),
  stripe: z
    .object({
      sessionId: z.string().nullable(),
      paymentIntentId: z.string().nullable(),
      /** The events that changed this document. */
      eventIds: z.array(z.string()),
    })
    .meta({ data: "payment" }),
  createdAt: timestamp.meta({ data: "payment" }),
  paidAt: timestamp.nullable().meta({ data: "payment" }),
  updatedAt: timestamp.meta({ data: "payment" }),
  checkAt: timestamp
    .nullable()
    .describe("when the server next asks Stripe, in case an event was lost; null: never again")
    .meta({ data: "payment" }),
  expiresAt: timestamp.describe("when it is deleted").meta({ data: "payment" }),
});
export type PaymentDocument = z.infer<typeof paymentDocument>;

const returnUrl = z
  .string()
  .max(500)
  .optional()
  .describe(
    "where Stripe sends the person back to: on one of the project's own origins (`SUPPORT_RETURN_ORIGINS`); by default the first of these",
  );

export const openSupportAccount = defineCallable({
  name: "openSupportAccount",
  summary:
    "Opens an account at Stripe for the caller, or continues with theirs, and returns the address of Stripe's form. The address works once and for minutes.",
  who: "self",
  request: z.strictObject({ returnUrl }),
  response: z.strictObject({ onboardingUrl: z.string() }),
  limit: "supportAccount",
  enabledAccountOnly: true,
  reasons: [
    "PAYMENTS_OFF",
    "PAYMENTS_UNAVAILABLE",
    "ACCOUNT_DISABLED",
    "ACCOUNT_DELETION_PENDING",
    "PROFILE_NOT_FOUND",
    "TERMS_NOT_ACCEPTED",
    "SUPPORT_ADULTS_ONLY",
    "RATE_LIMITED",
  ],
});

export const supportAccountStatus = defineCallable({
  name: "supportAccountStatus",
  summary:
    "Asks Stripe about the state of the caller's account, and updates `supportAccounts/{uid}`.",
  who: "self",
  request: z.strictObject({}),
  response: z.strictObject({
    isOpen: z.boolean().describe("whether there is an account"),
    chargesEnabled: z.boolean(),
    payoutsEnabled: z.boolean(),
    requirementsDue: z.array(z.string()),
    country: z.string().nullable(),
    defaultCurrency: z.string().nullable(),
  }),
  limit: "supportAccount",
  reasons: ["PAYMENTS_OFF", "PAYMENTS_UNAVAILABLE", "RATE_LIMITED"],
});

export const openSupportDashboard = defineCallable({
  name: "openSupportDashboard",
  summary:
    "Returns an address of Stripe's own dashboard, where the caller sees payouts and changes their bank account. It works once.",
  who: "self; also while suspended",
  request: z.strictObject({}),
  response: z.strictObject({ dashboardUrl: z.string() }),
  limit: "supportAccount",
  suspension: "ignored",
  reasons: ["PAYMENTS_OFF", "PAYMENTS_UNAVAILABLE", "SUPPORT_ACCOUNT_MISSING", "RATE_LIMITED"],
});

export const supportCreator = defineCallable({
  name: "supportCreator",
  summary:
    "Begins a payment to a creator and returns the address of Stripe's payment page. The payment counts once Stripe has confirmed it: see `payments/{supportId}`. The same request again returns the same address, as long as the page is open.",
  who: "adults; not the creator themselves",
  request: z.strictObject({
    creatorUid: personId,
    showId: documentId.optional().describe("a show of the creator, live or ended"),
    amount: minorUnits.describe(
      "in the currency's smallest unit, within `support` of `config/client`",
    ),
    currency: currencyCode,
    message: z
      .string()
      .max(LONGEST_SUPPORT_MESSAGE)
      .regex(NOT_BLANK, "must not be blank")
      .optional()
      .describe("for the creator and, while the show is live, in its comments"),
    requestId: documentId.describe("chosen by the app, new for each payment"),
    from: z.enum(["web", "app"]).describe("where the person is"),
    returnUrl,
  }),
  response: z.strictObject({ supportId: z.string(), checkoutUrl: z.string() }),
  limit: "supportCreator",
  enabledAccountOnly: true,
  reasons: [
    "PAYMENTS_OFF",
    "PAYMENTS_UNAVAILABLE",
    "ACCOUNT_DISABLED",
    "ACCOUNT_DELETION_PENDING",
    "PROFILE_NOT_FOUND",
    "PERSON_NOT_FOUND",
    "SHOW_NOT_FOUND",
    "TERMS_NOT_ACCEPTED",
    "SUPPORT_ADULTS_ONLY",
    "SUPPORT_UNAVAILABLE",
    "SUPPORT_ONLY_ON_WEB",
    "SUPPORT_NOT_NOW",
    "SUPPORT_NOT_PENDING",
    "BLOCKED",
    "BANNED",
    "WORDS_NOT_ALLOWED",
    "RATE_LIMITED",
  ],
});

export const refundSupport = defineCallable({
  name: "refundSupport",
  summary:
    "Refunds all that is left of a payment, with Ambient's fee. The money comes out of the creator's balance at Stripe, which may become negative.",
  who: "the creator who received it; also while suspended",
  request: z.strictObject({ supportId: documentId }),
  response: z.strictObject({ status: z.literal("refunded") }),
  limit: "refundSupport",
  suspension: "ignored",
  reasons: [
    "PAYMENTS_OFF",
    "PAYMENTS_UNAVAILABLE",
    "PAYMENT_NOT_FOUND",
    "PAYMENT_NOT_REFUNDABLE",
    "RATE_LIMITED",
  ],
});
