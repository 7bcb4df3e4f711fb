import { supportAccountRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";

/** Forgets a creator's Stripe account, unless they have opened another one since. They can open a new one. */
export async function disconnectAccount(
  { firestore: db }: Pick<Dependencies, "firestore">,
  uid: string,
  accountId: string,
): Promise<void> {
  await db.runTransaction(async (transaction) => {
    const [account, user] = await readTogether(
      transaction,
      supportAccountRef(db, uid),
      userRef(db, uid),
    );
    if (account.data()?.accountId !== accountId) return;
    transaction.delete(account.ref);
    if (user.data()?.acceptsSupport === true) {
      transaction.update(user.ref, { acceptsSupport: false });
    }
  });
}
