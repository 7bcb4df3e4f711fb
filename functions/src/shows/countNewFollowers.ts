import type { Firestore } from "firebase-admin/firestore";
import { queries } from "../contract/queries.js";
import type { ShowDocument } from "../contract/shows.js";
import { selectEverywhere } from "../queries.js";

/**
 * How many people have followed a show's creator since it began, and still do. Never a read of a transaction, which would
 * lock follows. It is short for any number of followers, because the index holds the new ones together.
 */
export async function countNewFollowers(
  db: Firestore,
  { creatorUid, startedAt }: Pick<ShowDocument, "creatorUid" | "startedAt">,
): Promise<number> {
  if (!startedAt) return 0;
  const query = selectEverywhere(db, queries.newFollowersOf, creatorUid, startedAt);
  return (await query.count().get()).data().count;
}
