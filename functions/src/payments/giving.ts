import type { DocumentSnapshot, Firestore, Transaction } from "firebase-admin/firestore";
import type { z } from "zod";
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
import type { ShowDocument } from "../contract/shows.js";
import type { supportCreator } from "../contract/support.js";
import { smallestStepOf } from "../contract/money.js";
import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";
import { isSuspended } from "../identity/assertNotSuspended.js";
import { requireProfile } from "../identity/requireProfile.js";
import { allowanceRef } from "../limits/spend.js";
import { readTogether } from "../readTogether.js";
import { isFiltered } from "../wordFilter/wordPattern.js";
import { assertAdult } from "./assertAdult.js";

type Request = z.output<typeof supportCreator.request>;
type GivingDependencies = Pick<Dependencies, "firestore" | "clock" | "support">;

/** Reads everything that decides whether `uid` may give what the request says. Refuses, or returns what the payment needs. */
export async function readGiving(
  { firestore: db, clock, support }: GivingDependencies,
  transaction: Transaction,
  supportId: string,
  uid: string,
  request: Request,
) {
  const { creatorUid, showId, message = "" } = request;
  const [
    payment,
    user,
    creator,
    account,
    config,
    terms,
    hidden,
    suspension,
    words,
    live,
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
  const [show, ban, showWords] =
    showId === undefined
      ? []
      : await readTogether(
          transaction,
          showRef(db, showId),
          banRef(db, showId, uid),
          showWordsRef(db, showId),
        );
  const supporter = await requireProfile(transaction, db, user);
  assertAdult(config, terms);
  const creatorName = creator.data()?.displayName;
  if (creatorName === undefined) throw new Refusal("PERSON_NOT_FOUND");
  if (hidden.data()?.uids.includes(creatorUid)) throw new Refusal("BLOCKED");
  if (show && !isOpenFor(show.data(), creatorUid)) throw new Refusal("SHOW_NOT_FOUND");
  if (ban?.exists && message !== "") throw new Refusal("BANNED");
  if (isFiltered(message, showWords?.data(), words.data())) throw new Refusal("WORDS_NOT_ALLOWED");
  const { accountId, chargesEnabled } = account.data() ?? {};
  if (!accountId || !chargesEnabled || isSuspended(suspension.data(), clock.now())) {
    throw new Refusal("SUPPORT_UNAVAILABLE");
  }
  assertAmount(config, request);
  if (support.isWebOnly) await assertNoMusic(db, transaction, live.data()?.showId);
  return { payment, allowance, supporter, creatorName, accountId };
}

function isOpenFor(show: ShowDocument | undefined, creatorUid: string): boolean {
  const isOpen = show?.status === "live" || show?.status === "ended";
  return isOpen && show.visibility !== "taken_down" && show.creatorUid === creatorUid;
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

/** Spotify allows no commerce with its music. */
async function assertNoMusic(
  db: Firestore,
  transaction: Transaction,
  liveShowId: string | undefined,
): Promise<void> {
  if (liveShowId === undefined) return;
  const playback = await transaction.get(playbackRef(db, liveShowId));
  if (playback.data()?.mode === "music") throw new Refusal("SUPPORT_NOT_NOW");
}
