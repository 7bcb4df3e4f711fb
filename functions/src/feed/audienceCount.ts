import type { Firestore } from "firebase-admin/firestore";
import { participantsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import { select } from "../queries.js";

/**
 * How many people are present, without the creator. Never read in a transaction: a lock on all participants would
 * make joins wait for the count.
 */
export async function audienceCount(db: Firestore, showId: string): Promise<number> {
  const present = select(participantsRef(db, showId), queries.presentByRole, "present", [
    "cohost",
    "speaker",
    "listener",
  ]);
  return (await present.count().get()).data().count;
}
