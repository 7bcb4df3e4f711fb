import { accountRef, credentialsRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import type { DocumentDeletion } from "../documentWrite.js";
import { readTogether } from "../readTogether.js";

/**
 * A grant was deleted, perhaps by TTL because Spotify has ended it: the account is no longer linked. A grant that was
 * stored since then keeps it linked.
 */
export async function onCredentialsDeleted(
  { firestore }: Pick<Dependencies, "firestore">,
  { params: { uid } }: Pick<DocumentDeletion<{ uid: string }>, "params">,
): Promise<void> {
  await firestore.runTransaction(async (transaction) => {
    const [account, credentials] = await readTogether(
      transaction,
      accountRef(firestore, uid),
      credentialsRef(firestore, uid),
    );
    if (credentials.exists || account.data()?.spotifyLinked !== true) return;
    transaction.update(account.ref, { spotifyLinked: false });
  });
}
