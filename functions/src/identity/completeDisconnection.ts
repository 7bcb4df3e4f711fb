import { accountRef, credentialsRef, deletionRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";
import { replaceCards } from "./personCards.js";
import { NAMELESS } from "./spotifyOwned.js";

/** How a person who has disconnected Spotify appears to others. */
export const nameless = { displayName: NAMELESS, photoUrl: null };

/**
 * Removes the name and picture of a person who has disconnected Spotify from their account and from all copies, and then
 * records that the account is no longer linked. Safe to repeat or interrupt: until it is recorded,
 * `onCredentialsDeleted` tries again.
 */
export async function completeDisconnection(
  { firestore: db, accounts }: Pick<Dependencies, "firestore" | "accounts">,
  uid: string,
): Promise<void> {
  const [user, deletion] = await readTogether(db, userRef(db, uid), deletionRef(db, uid));
  // The ID token of a deleted account may still be valid: it must not bring the account back.
  if (user.exists || deletion.exists) await accounts.upsert(uid, nameless);
  await replaceCards(db, uid, nameless);
  await unlink(db, uid);
}

/** Unless the person has signed in with Spotify again. */
export async function unlink(db: Dependencies["firestore"], uid: string): Promise<void> {
  await db.runTransaction(async (transaction) => {
    const [account, credentials] = await readTogether(
      transaction,
      accountRef(db, uid),
      credentialsRef(db, uid),
    );
    if (credentials.exists || account.data()?.spotifyLinked !== true) return;
    transaction.update(account.ref, { spotifyLinked: false });
  });
}
