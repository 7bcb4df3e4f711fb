import { FieldValue, Timestamp } from "firebase-admin/firestore";
import type { Caller } from "../caller.js";
import { accountRef, credentialsRef, deletionRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";
import { completeDisconnection, nameless } from "./completeDisconnection.js";

/**
 * Deletes the stored grant and what Spotify says about the person: identifiers, email, name and picture, including
 * the copies of the last two in their shows and comments. The account and what the person made in Ambient stay;
 * signing in with Spotify links the account again. https://developer.spotify.com/policy (section II: a way to
 * disconnect, and deletion on it)
 */
export async function disconnectSpotify(
  deps: Pick<Dependencies, "firestore" | "accounts" | "clock">,
  { uid }: Pick<Caller, "uid">,
): Promise<Record<string, never>> {
  const db = deps.firestore;
  await db.runTransaction(async (transaction) => {
    const [user, account, deletion] = await readTogether(
      transaction,
      userRef(db, uid),
      accountRef(db, uid),
      deletionRef(db, uid),
    );
    transaction.delete(credentialsRef(db, uid));
    if (account.exists) {
      // It counts as linked until the disconnection is complete.
      transaction.update(account.ref, {
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
  });
  await completeDisconnection(deps, uid);
  return {};
}
