import type { Caller } from "../caller.js";
import { deletionRef, userRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";

/** Restores the profile and deletes the request. Refuses with ACCOUNT_DELETION_BEGUN if data may already be deleted. */
export async function cancelDeletion(
  { firestore: db }: Pick<Dependencies, "firestore">,
  { uid }: Pick<Caller, "uid">,
): Promise<Record<string, never>> {
  await db.runTransaction(async (transaction) => {
    const snapshot = await transaction.get(deletionRef(db, uid));
    const deletion = snapshot.data();
    if (!deletion) return;
    if (deletion.begunAt) throw new Refusal("ACCOUNT_DELETION_BEGUN");
    if (deletion.profile) transaction.set(userRef(db, uid), deletion.profile);
    transaction.delete(snapshot.ref);
  });
  return {};
}
