import { deletionRef, followRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import type { DocumentWrite } from "../documentWrite.js";
import { readTogether } from "../readTogether.js";

/**
 * Adds the creator's uid to a follow that an app wrote without it, so that a creator's followers can be found, and deletes
 * a follow of somebody whose account is being deleted. Uses the current documents, so late, repeated or reordered events
 * do no harm.
 */
export async function onFollowWritten(
  { firestore }: Pick<Dependencies, "firestore">,
  {
    params: { uid, creatorUid },
  }: Pick<DocumentWrite<{ uid: string; creatorUid: string }>, "params">,
): Promise<void> {
  await firestore.runTransaction(async (transaction) => {
    const [follow, creator, deletion] = await readTogether(
      transaction,
      followRef(firestore, uid, creatorUid),
      userRef(firestore, creatorUid),
      deletionRef(firestore, creatorUid),
    );
    const current = follow.data();
    if (!current) return;
    // While a deletion can be cancelled, the follow stays.
    if (!creator.exists && deletion.data()?.begunAt !== null) transaction.delete(follow.ref);
    else if (current.creatorUid === undefined) transaction.update(follow.ref, { creatorUid });
  });
}
