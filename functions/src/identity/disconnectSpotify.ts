import { FieldValue, Timestamp } from "firebase-admin/firestore";
import type { Caller } from "../caller.js";
import { accountRef, credentialsRef, deletionRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";
import { replaceCards } from "./personCards.js";
import { NAMELESS } from "./spotifyOwned.js";

/**
 * Deletes the stored grant and what Spotify says about the person: identifiers, email, name and picture, including
 * the copies of the last two beside their shows and comments. The account and what the person made in Ambient stay;
 * signing in with Spotify links the account again. https://developer.spotify.com/policy (section II: a way to
 * disconnect, and deletion on it)
 */
export async function disconnectSpotify(
  deps: Pick<Dependencies, "firestore" | "accounts" | "clock">,
  { uid }: Pick<Caller, "uid">,
): Promise<Record<string, never>> {
  const db = deps.firestore;
  const nameless = { displayName: NAMELESS, photoUrl: null };
  const isThere = await db.runTransaction(async (transaction) => {
    const [user, account, deletion] = await readTogether(
      transaction,
      userRef(db, uid),
      accountRef(db, uid),
      deletionRef(db, uid),
    );
    transaction.delete(credentialsRef(db, uid));
    if (account.exists) {
      transaction.update(account.ref, {
        spotifyLinked: false,
        spotifyId: FieldValue.delete(),
        email: FieldValue.delete(),
        country: FieldValue.delete(),
        product: FieldValue.delete(),
      });
    }
    if (user.exists) {
      transaction.update(user.ref, {
        ...nameless,
        spotifyUrl: null,
        updatedAt: Timestamp.fromMillis(deps.clock.now()),
      });
    }
    // The profile that a cancelled deletion of the account would bring back.
    const withdrawn = deletion.data()?.profile;
    if (withdrawn) {
      transaction.update(deletion.ref, {
        profile: { ...withdrawn, ...nameless, spotifyUrl: null },
      });
    }
    return user.exists || deletion.exists;
  });
  // The ID token of a deleted account may still be valid: it must not bring the account back.
  if (isThere) await deps.accounts.upsert(uid, nameless);
  await replaceCards(db, uid, nameless);
  return {};
}
