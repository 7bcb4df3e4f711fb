import type { DocumentSnapshot, Firestore, Transaction } from "firebase-admin/firestore";
import { deletionRef } from "../collections.js";
import type { UserDocument } from "../contract/identity.js";
import { Refusal } from "../errors.js";

/**
 * The caller's profile. It is absent while the account is being deleted, so nothing new can start in the person's name:
 * ACCOUNT_DELETION_PENDING. PROFILE_NOT_FOUND: they have never signed in, or their account is deleted.
 */
export async function requireProfile(
  transaction: Transaction,
  db: Firestore,
  profile: DocumentSnapshot<UserDocument>,
): Promise<UserDocument> {
  const found = profile.data();
  if (found) return found;
  const deletion = await transaction.get(deletionRef(db, profile.id));
  throw new Refusal(deletion.exists ? "ACCOUNT_DELETION_PENDING" : "PROFILE_NOT_FOUND");
}
