import { type DocumentSnapshot, Timestamp, type Transaction } from "firebase-admin/firestore";
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
import { noFacts } from "../contract/payments.js";
import type { PaymentDocument, supportCreator as contract } from "../contract/support.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";
import { isSuspended } from "../identity/assertNotSuspended.js";
import { requireProfile } from "../identity/requireProfile.js";
import { allowanceRef, spend } from "../limits/spend.js";
import { readTogether } from "../readTogether.js";
import { hasWordOf } from "../wordFilter/wordPattern.js";
import { returnAddress } from "./returnAddress.js";
import { assertAdult } from "./assertAdult.js";

type Request = z.output<typeof contract.request>;

type SupportDependencies = Pick<Dependencies, "firestore" | "clock" | "payments" | "support">;

/** Stripe closes a page after 30 minutes at the earliest. */
const PAGE_OPEN_MS = 31 * 60_000;
/** By then, the page's own event has arrived, or has been lost. */
const CHECK_AFTER_MS = PAGE_OPEN_MS + 30 * 60_000;

/**
 * Begins a payment. It is in the ledger before Stripe knows of it, so no event of Stripe's finds nothing there; Stripe's
 * page has the ledger's id as its key, so a retry gets the same page.
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
  const successUrl = returnAddress(deps, request.returnUrl, supportId);
  const cancelUrl = returnAddress(deps, request.returnUrl, "cancelled");
  const { payment, creatorName } = await deps.firestore.runTransaction((transaction) =>
    begin(deps, transaction, supportId, uid, request),
  );
  const { accountId, sessionId } = payment.stripe;
  const checkout =
    sessionId === null
      ? await deps.payments.openCheckout({
          supportId,
          accountId,
          amount: payment.amount,
          currency: payment.currency,
          feeAmount: payment.feeAmount,
          title: `Support for ${creatorName}`,
          successUrl,
          cancelUrl,
          closesAt: payment.createdAt.toMillis() + PAGE_OPEN_MS,
        })
      : await deps.payments.readCheckout(accountId, sessionId);
  if (sessionId === null) {
    await paymentRef(deps.firestore, supportId).update({ "stripe.sessionId": checkout.sessionId });
  }
  if (checkout.url === null) throw new Refusal("SUPPORT_NOT_PENDING", { status: payment.status });
  return { supportId, checkoutUrl: checkout.url };
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
  const { creatorUid, showId = null, amount, currency, message = "" } = request;
  // Of what the request does not name, a placeholder is read and ignored.
  const namedShow = showId ?? "-";
  const [
    before,
    user,
    creator,
    account,
    config,
    terms,
    hidden,
    creatorSuspension,
    show,
    ban,
    words,
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
    showRef(db, namedShow),
    banRef(db, namedShow, uid),
    showWordsRef(db, namedShow),
    serviceWordsRef(db),
    liveShowRef(db, creatorUid),
    allowanceRef(db, "support", uid),
  );
  const profile = await requireProfile(transaction, db, user);
  const now = clock.now();
  assertAdult(config, terms);
  const creatorProfile = creator.data();
  if (!creatorProfile) throw new Refusal("PERSON_NOT_FOUND");
  if (hidden.data()?.uids.includes(creatorUid)) throw new Refusal("BLOCKED");
  if (showId !== null) {
    const data = show.data();
    const isOpen = data?.status === "live" || data?.status === "ended";
    const isTakenDown = data?.visibility === "taken_down";
    if (!isOpen || isTakenDown || data.creatorUid !== creatorUid) {
      throw new Refusal("SHOW_NOT_FOUND");
    }
    if (ban.exists && message !== "") throw new Refusal("BANNED");
  }
  if (
    hasWordOf(words.data()?.pattern, message) ||
    hasWordOf(serviceWords.data()?.pattern, message)
  ) {
    throw new Refusal("WORDS_NOT_ALLOWED");
  }
  const connected = account.data();
  const accountId = connected?.accountId ?? null;
  if (
    accountId === null ||
    !connected?.chargesEnabled ||
    isSuspended(creatorSuspension.data(), now)
  ) {
    throw new Refusal("SUPPORT_UNAVAILABLE");
  }
  assertAmount(config, { amount, currency });
  if (support.isWebOnly) await assertNoMusic(deps, transaction, liveShow.data()?.showId);

  const known = before.data();
  if (known) {
    assertSame(known, { supporterUid: uid, creatorUid, showId, amount, currency, message });
    return { payment: known, creatorName: creatorProfile.displayName };
  }
  spend(transaction, "support", allowance, now);
  const createdAt = Timestamp.fromMillis(now);
  const payment: PaymentDocument = {
    supporterUid: uid,
    supporter: { displayName: profile.displayName, photoUrl: profile.photoUrl },
    creatorUid,
    showId,
    amount,
    currency,
    feeAmount: Math.floor((amount * support.feeBasisPoints) / 10_000),
    status: "pending",
    message,
    facts: noFacts,
    stripe: { accountId, sessionId: null, paymentIntentId: null, eventIds: [] },
    createdAt,
    paidAt: null,
    updatedAt: createdAt,
    checkAt: Timestamp.fromMillis(now + CHECK_AFTER_MS),
    expiresAt: Timestamp.fromMillis(now + support.retentionMs),
  };
  transaction.set(before.ref, payment);
  return { payment, creatorName: creatorProfile.displayName };
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

/** The retry of a lost answer. Other values under the same id are a slip of the app's. */
function assertSame(
  known: PaymentDocument,
  asked: Pick<
    PaymentDocument,
    "supporterUid" | "creatorUid" | "showId" | "amount" | "currency" | "message"
  >,
): void {
  const isSame =
    known.supporterUid === asked.supporterUid &&
    known.creatorUid === asked.creatorUid &&
    known.showId === asked.showId &&
    known.amount === asked.amount &&
    known.currency === asked.currency &&
    known.message === asked.message;
  if (!isSame) throw invalidArgument("requestId", "has been used for another payment");
}
