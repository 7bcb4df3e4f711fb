import { accountRef, credentialsRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import type { DocumentDeletion } from "../documentWrite.js";
import { completeDisconnection, unlink } from "./completeDisconnection.js";
import { readTogether } from "../readTogether.js";

/**
 * A grant was deleted: the account is no longer linked. Either the person disconnected Spotify, and that call may have been
 * interrupted, or TTL deleted the grant because Spotify has ended it. A grant that was stored since then keeps the account linked.
 */
export async function onCredentialsDeleted(
  deps: Pick<Dependencies, "firestore" | "accounts">,
  { params: { uid } }: Pick<DocumentDeletion<{ uid: string }>, "params">,
): Promise<void> {
  const { firestore } = deps;
  const [account, credentials] = await readTogether(
    firestore,
    accountRef(firestore, uid),
    credentialsRef(firestore, uid),
  );
  const known = account.data();
  if (credentials.exists || known?.spotifyLinked !== true) return;
  // Only a disconnection removes Spotify's id.
  if (known.spotifyId === undefined) await completeDisconnection(deps, uid);
  else await unlink(firestore, uid);
}
