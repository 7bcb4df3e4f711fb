import { Timestamp } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { clientConfigRef, supportAccountRef, termsRef, userRef } from "../collections.js";
import type { openSupportAccount as contract } from "../contract/support.js";
import type { Dependencies } from "../dependencies.js";
import { isRefusal, Refusal } from "../errors.js";
import { requireProfile } from "../identity/requireProfile.js";
import { readTogether } from "../readTogether.js";
import { returnAddress } from "./returnAddress.js";
import { assertAdult } from "./assertAdult.js";
import { disconnectAccount } from "./disconnectAccount.js";

/**
 * Opens the caller's account at Stripe. The idempotency key of this request is stored first, so two calls at once, or
 * one after a crash, get the same account.
 */
export async function openSupportAccount(
  deps: Pick<Dependencies, "firestore" | "clock" | "newId" | "payments" | "support">,
  { uid }: Pick<Caller, "uid">,
  { returnUrl }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const doneUrl = returnAddress(deps, returnUrl, "account");
  const againUrl = returnAddress(deps, returnUrl, "again");
  const account = await db.runTransaction(async (transaction) => {
    const [known, user, config, terms] = await readTogether(
      transaction,
      supportAccountRef(db, uid),
      userRef(db, uid),
      clientConfigRef(db),
      termsRef(db, uid),
    );
    await requireProfile(transaction, db, user);
    assertAdult(config, terms);
    const before = known.data();
    if (before) return before;
    const fresh = {
      accountId: null,
      accountKey: deps.newId(),
      chargesEnabled: false,
      payoutsEnabled: false,
      requirementsDue: [],
      country: null,
      defaultCurrency: null,
      createdAt: Timestamp.fromMillis(deps.clock.now()),
      checkedAt: null,
    };
    transaction.set(known.ref, fresh);
    return fresh;
  });
  const accountId = account.accountId ?? (await createAccount(deps, uid, account.accountKey));
  try {
    return { onboardingUrl: await deps.payments.onboardingUrl(accountId, doneUrl, againUrl) };
  } catch (error) {
    if (!isRefusal(error, "SUPPORT_ACCOUNT_MISSING")) throw error;
    // Stripe no longer knows it, and the event of its end is still on its way. The next call opens a new one.
    await disconnectAccount(deps, uid, accountId);
    throw new Refusal("PAYMENTS_UNAVAILABLE");
  }
}

async function createAccount(
  { firestore: db, payments }: Pick<Dependencies, "firestore" | "payments">,
  uid: string,
  accountKey: string,
): Promise<string> {
  const accountId = await payments.createAccount(accountKey);
  await db.runTransaction(async (transaction) => {
    const snapshot = await transaction.get(supportAccountRef(db, uid));
    // The person may be deleting their account at this moment.
    if (snapshot.data()?.accountKey === accountKey) transaction.update(snapshot.ref, { accountId });
  });
  return accountId;
}
