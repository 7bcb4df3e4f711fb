import { FieldPath } from "firebase-admin/firestore";
import { userRef } from "../../src/collections.js";
import type { Migration } from "./migration.js";

/**
 * A follow without `creatorUid` is not counted. `onFollowWritten` adds it, but not to follows that are older than
 * that, or whose event was lost. A follow of a deleted account stays as it is, so that nothing new names the account.
 */
export const nameFollowedCreators: Migration = {
  meaning:
    "Adds the creator's uid to each follow that lacks it, so that the creator's followers are complete.",
  documents: (firestore) => firestore.collectionGroup("following").orderBy(FieldPath.documentId()),
  async change(follow, transaction) {
    if (follow.get("creatorUid") !== undefined) return undefined;
    const creator = await transaction.get(userRef(follow.ref.firestore, follow.id));
    return creator.exists ? { creatorUid: follow.id } : undefined;
  },
};
