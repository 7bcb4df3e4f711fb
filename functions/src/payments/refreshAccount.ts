import { Timestamp } from "firebase-admin/firestore";
import { supportAccountRef, userRef } from "../collections.js";
import type { SupportAccountDocument } from "../contract/support.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";
import { disconnectAccount } from "./disconnectAccount.js";

/**
 * Reads the account from Stripe and stores it, unless a newer answer is already stored. Resolves with what is stored then;
 * undefined: the account is gone.
 */
export async function refreshAccount(
  deps: Pick<Dependencies, "firestore" | "clock" | "payments">,
  uid: string,
  accountId: string,
): Promise<SupportAccountDocument | undefined> {
  const db = deps.firestore;
  const readAt = deps.clock.now();
  const found = await deps.payments.readAccount(accountId);
  if (!found) {
    await disconnectAccount(deps, uid, accountId);
    return undefined;
  }
  return db.runTransaction(async (transaction) => {
    const [snapshot, user] = await readTogether(
      transaction,
      supportAccountRef(db, uid),
      userRef(db, uid),
    );
    const known = snapshot.data();
    if (known?.accountId !== accountId) return known;
    if (known.checkedAt && known.checkedAt.toMillis() > readAt) return known;
    const state = { ...found, requirementsDue: [...found.requirementsDue] };
    const checkedAt = Timestamp.fromMillis(readAt);
    transaction.update(snapshot.ref, { ...state, checkedAt });
    const profile = user.data();
    if (profile && (profile.acceptsSupport ?? false) !== found.chargesEnabled) {
      transaction.update(user.ref, { acceptsSupport: found.chargesEnabled });
    }
    return { ...known, ...state, checkedAt };
  });
}
