import type { Firestore } from "firebase-admin/firestore";
import { queries } from "../contract/queries.js";
import type { ShowDocument } from "../contract/shows.js";
import { selectEverywhere } from "../queries.js";
import { log } from "../log.js";

/**
 * How many people have followed a show's creator since it began, and still do. Never a read of a transaction, which would
 * lock follows. It is short for any number of followers, because the index holds the new ones together. Undefined if it
 * fails: the show ends all the same.
 */
export async function countNewFollowers(
  db: Firestore,
  { creatorUid, startedAt }: Pick<ShowDocument, "creatorUid" | "startedAt">,
): Promise<number | undefined> {
  if (!startedAt) return 0;
  const query = selectEverywhere(db, queries.newFollowersOf, creatorUid, startedAt);
  try {
    return (await query.count().get()).data().count;
  } catch (error) {
    log("ERROR", "new followers are not counted", { creatorUid, error: String(error) });
    return undefined;
  }
}
