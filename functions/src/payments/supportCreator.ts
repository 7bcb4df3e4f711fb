import {
  type DocumentSnapshot,
  type Firestore,
  Timestamp,
  type Transaction,
} from "firebase-admin/firestore";
import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import {
  banRef,
  clientConfigRef,
  hiddenRef,
  liveShowRef,
  paymentRef,
  playbackRef,
  serviceWordsRef,
  showRef,
  showWordsRef,
  supportAccountRef,
  suspensionRef,
  termsRef,
  userRef,
} from "../collections.js";
import type { ClientConfigDocument } from "../contract/clientConfig.js";
import { smallestStepOf } from "../contract/money.js";
import { joinFacts, noFacts, paymentStatusOf } from "../contract/payments.js";
import type { PaymentDocument, supportCreator as contract } from "../contract/support.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";
import { isSuspended } from "../identity/assertNotSuspended.js";
import { requireProfile } from "../identity/requireProfile.js";
import { allowanceRef, spend } from "../limits/spend.js";
import type { Checkout, CheckoutRequest } from "../ports/payments.js";
import { readTogether } from "../readTogether.js";
import { isFiltered } from "../wordFilter/wordPattern.js";
import { returnAddress } from "./returnAddress.js";
import { assertAdult } from "./assertAdult.js";

type Request = z.output<typeof contract.request>;

type SupportDependencies = Pick<Dependencies, "firestore" | "clock" | "payments" | "support">;

/** Stripe closes a page after 30 minutes at the earliest. */
const PAGE_OPEN_MS = 31 * 60_000;
/** How long (ms) a payment that nobody made is remembered. Tax law covers payments, not attempts. */
const UNPAID_KEPT_MS = 30 * 86_400_000;
/** By then, the page's own event has arrived, or has been lost. */
const CHECK_AFTER_MS = PAGE_OPEN_MS + 30 * 60_000;

/**
 * Begins a payment. It is in the ledger before Stripe knows of it, so each of Stripe's events finds its payment. A retry gets
 * the page that the payment has, or opens one if no page was kept.
 */
export async function supportCreator(
  deps: SupportDependencies,
  { uid }: Pick<Caller, "uid">,
  request: Request,
): Promise<z.input<typeof contract.response>> {
  const supportId = createHash("sha256")
    .update(JSON.stringify([uid, request.requestId]))
    .digest("hex");
  if (request.creatorUid === uid) throw invalidArgument("creatorUid", "must be somebody else");
  if (deps.support.isWebOnly && request.from !== "web") throw new Refusal("SUPPORT_ONLY_ON_WEB");
  const addresses = {
    successUrl: returnAddress(deps, request.returnUrl, supportId),
    cancelUrl: returnAddress(deps, request.returnUrl, "cancelled"),
  };
  const { payment, creatorName } = await deps.firestore.runTransaction((transaction) =>
    begin(deps, transaction, supportId, uid, request),
  );
  const { accountId, stripe } = payment;
  const { sessionId } = stripe;
  const checkout =
    sessionId === null
      ? await openPage(deps, supportId, payment, {
          ...addresses,
          title: `Support for ${creatorName}`,
        })
      : await deps.payments.readCheckout(accountId, sessionId);
  if (!checkout) throw new Refusal("SUPPORT_UNAVAILABLE");
  if (checkout.url === null) {
    // Stripe's event may still be on its way.
    const facts = joinFacts(payment.facts, checkout.facts);
    throw new Refusal("SUPPORT_NOT_PENDING", { status: paymentStatusOf(facts, payment.amount) });
  }
  return { supportId, checkoutUrl: checkout.url };
}

/**
 * Opens a page and keeps it with the payment. Of two calls at once, both get the page that was kept first; nobody learns the
 * address of the other one, which closes by itself.
 */
async function openPage(
  deps: SupportDependencies,
  supportId: string,
  { accountId, amount, currency, feeAmount }: PaymentDocument,
  page: Pick<CheckoutRequest, "title" | "successUrl" | "cancelUrl">,
): Promise<Checkout | null> {
  const checkout = await deps.payments.openCheckout({
    ...page,
    supportId,
    accountId,
    amount,
    currency,
    feeAmount,
    closesAt: deps.clock.now() + PAGE_OPEN_MS,
  });
  const kept = await keepSession(deps, supportId, checkout.sessionId);
  return kept === checkout.sessionId ? checkout : deps.payments.readCheckout(accountId, kept);
}

/** The id of the payment's page: this one, unless it has one already. */
async function keepSession(
  { firestore: db, clock }: SupportDependencies,
  supportId: string,
  sessionId: string,
): Promise<string> {
  return db.runTransaction(async (transaction) => {
    const snapshot = await transaction.get(paymentRef(db, supportId));
    const payment = snapshot.data();
    if (payment?.status !== "pending") {
      throw new Refusal("SUPPORT_NOT_PENDING", { status: payment?.status ?? "expired" });
    }
    if (payment.stripe.sessionId !== null) return payment.stripe.sessionId;
    transaction.update(snapshot.ref, {
      stripe: { ...payment.stripe, sessionId },
      checkAt: Timestamp.fromMillis(clock.now() + CHECK_AFTER_MS),
    });
    return sessionId;
  });
}

/** The payment as it is in the ledger, where it is new with the first request. */
async function begin(
  deps: SupportDependencies,
  transaction: Transaction,
  supportId: string,
  uid: string,
  request: Request,
): Promise<{ readonly payment: PaymentDocument; readonly creatorName: string }> {
  const { firestore: db, clock, support } = deps;
  const now = clock.now();
  const { creatorUid, showId = null, amount, currency, message = "" } = request;
  const parties = await readParties(transaction, db, uid, request, supportId);
  const supporter = await requireProfile(transaction, db, parties.user);
  const { creatorName, accountId } = assertMayGive(parties, request, now);
  assertAmount(parties.config, request);
  if (support.isWebOnly) await assertNoMusic(deps, transaction, parties.liveShow.data()?.showId);

  const known = parties.payment.data();
  if (known) {
    assertSame(known, { supporterUid: uid, creatorUid, showId, amount, currency, message });
    assertPending(known, now);
    return { payment: known, creatorName };
  }
  spend(transaction, "support", parties.allowance, now);
  const createdAt = Timestamp.fromMillis(now);
  const payment: PaymentDocument = {
    supporterUid: uid,
    supporter: { displayName: supporter.displayName, photoUrl: supporter.photoUrl },
    creatorUid,
    showId,
    amount,
    currency,
    feeAmount: Math.floor((amount * support.feeBasisPoints) / 10_000),
    status: "pending",
    message,
    facts: noFacts,
    accountId,
    stripe: { sessionId: null, paymentIntentId: null, eventIds: [] },
    createdAt,
    paidAt: null,
    updatedAt: createdAt,
    checkAt: Timestamp.fromMillis(now + CHECK_AFTER_MS),
    expiresAt: Timestamp.fromMillis(now + UNPAID_KEPT_MS),
  };
  transaction.set(parties.payment.ref, payment);
  return { payment, creatorName };
}

/** Everything that decides whether `uid` may give what the request says. */
async function readParties(
  transaction: Transaction,
  db: Firestore,
  uid: string,
  { creatorUid, showId }: Request,
  supportId: string,
) {
  const [
    payment,
    user,
    creator,
    account,
    config,
    terms,
    hidden,
    creatorSuspension,
    serviceWords,
    liveShow,
    allowance,
  ] = await readTogether(
    transaction,
    paymentRef(db, supportId),
    userRef(db, uid),
    userRef(db, creatorUid),
    supportAccountRef(db, creatorUid),
    clientConfigRef(db),
    termsRef(db, uid),
    hiddenRef(db, uid),
    suspensionRef(db, creatorUid),
    serviceWordsRef(db),
    liveShowRef(db, creatorUid),
    allowanceRef(db, "support", uid),
  );
  const ofShow =
    showId === undefined
      ? null
      : await readTogether(
          transaction,
          showRef(db, showId),
          banRef(db, showId, uid),
          showWordsRef(db, showId),
        );
  return {
    payment,
    user,
    creator,
    account,
    config,
    terms,
    hidden,
    creatorSuspension,
    serviceWords,
    liveShow,
    allowance,
    ofShow,
  };
}

/** Refuses, or returns what is needed of the creator. */
function assertMayGive(
  parties: Awaited<ReturnType<typeof readParties>>,
  { creatorUid, message = "" }: Request,
  now: number,
): { readonly creatorName: string; readonly accountId: string } {
  assertAdult(parties.config, parties.terms);
  const creator = parties.creator.data();
  if (!creator) throw new Refusal("PERSON_NOT_FOUND");
  if (parties.hidden.data()?.uids.includes(creatorUid)) throw new Refusal("BLOCKED");
  if (parties.ofShow) {
    const [snapshot, ban] = parties.ofShow;
    const show = snapshot.data();
    const isOpen = show?.status === "live" || show?.status === "ended";
    if (!isOpen || show.visibility === "taken_down" || show.creatorUid !== creatorUid) {
      throw new Refusal("SHOW_NOT_FOUND");
    }
    if (ban.exists && message !== "") throw new Refusal("BANNED");
  }
  const showWords = parties.ofShow?.[2].data();
  if (isFiltered(message, showWords, parties.serviceWords.data())) {
    throw new Refusal("WORDS_NOT_ALLOWED");
  }
  const account = parties.account.data();
  const isSuspendedCreator = isSuspended(parties.creatorSuspension.data(), now);
  if (!account?.accountId || !account.chargesEnabled || isSuspendedCreator) {
    throw new Refusal("SUPPORT_UNAVAILABLE");
  }
  return { creatorName: creator.displayName, accountId: account.accountId };
}

/** A project names its currencies, and how much of each may be given. */
function assertAmount(
  config: DocumentSnapshot<ClientConfigDocument>,
  { amount, currency }: Pick<Request, "amount" | "currency">,
): void {
  const { currencies } = config.data()?.support ?? {};
  if (!currencies) throw new Refusal("PAYMENTS_OFF");
  const range = Object.hasOwn(currencies, currency) ? currencies[currency] : undefined;
  if (!range) {
    const names = Object.keys(currencies).join(", ");
    throw invalidArgument("currency", `must be one of ${names}`);
  }
  if (amount < range.min || amount > range.max) {
    throw invalidArgument("amount", `must be from ${range.min} to ${range.max}`);
  }
  const step = smallestStepOf(currency);
  if (amount % step !== 0) throw invalidArgument("amount", `must be a multiple of ${step}`);
}

/** Spotify allows no commerce beside its music. */
async function assertNoMusic(
  { firestore: db }: Pick<Dependencies, "firestore">,
  transaction: Transaction,
  liveShowId: string | undefined,
): Promise<void> {
  if (liveShowId === undefined) return;
  const playback = await transaction.get(playbackRef(db, liveShowId));
  if (playback.data()?.mode === "music") throw new Refusal("SUPPORT_NOT_NOW");
}

/** A retry must carry the same values. */
function assertSame(
  known: PaymentDocument,
  request: Pick<
    PaymentDocument,
    "supporterUid" | "creatorUid" | "showId" | "amount" | "currency" | "message"
  >,
): void {
  const isSame =
    known.supporterUid === request.supporterUid &&
    known.creatorUid === request.creatorUid &&
    known.showId === request.showId &&
    known.amount === request.amount &&
    known.currency === request.currency &&
    known.message === request.message;
  if (!isSame) throw invalidArgument("requestId", "has been used for another payment");
}

/** The check of an hour after the beginning closes a payment without a page, even if it has not run yet. */
function assertPending({ status, stripe, checkAt }: PaymentDocument, now: number): void {
  const isLate = stripe.sessionId === null && checkAt !== null && checkAt.toMillis() <= now;
  if (status !== "pending" || isLate) {
    throw new Refusal("SUPPORT_NOT_PENDING", { status: isLate ? "expired" : status });
  }
}
