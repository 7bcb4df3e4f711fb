import { FieldValue, Timestamp } from "firebase-admin/firestore";
import type { Caller } from "../callable.js";
import { accountRef, credentialsRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";

/** How a person is shown of whom Spotify's name is gone. */
const NAMELESS = "Listener";

/**
 * Deletes the stored grant and what Spotify told of the person: identifiers, e-mail, name and picture.
 * The account stays, and so does what he made in Ambient; signing in with Spotify links it again.
 * https://developer.spotify.com/policy (section II: a way to disconnect, and deletion on it)
 */
export async function disconnectSpotify(
  deps: Pick<Dependencies, "firestore" | "accounts" | "clock">,
  { uid }: Pick<Caller, "uid">,
): Promise<Record<string, never>> {
  const db = deps.firestore;
  await deps.accounts.upsert(uid, { displayName: NAMELESS, photoUrl: null });
  await db.runTransaction(async (transaction) => {
    const [user, account] = await readTogether(transaction, userRef(db, uid), accountRef(db, uid));
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
        displayName: NAMELESS,
        photoUrl: null,
        spotifyUrl: null,
        updatedAt: Timestamp.fromMillis(deps.clock.now()),
      });
    }
  });
  return {};
}
