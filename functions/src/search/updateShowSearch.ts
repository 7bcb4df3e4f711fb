import { isDeepStrictEqual } from "node:util";
import { showRef, showSearchRef } from "../collections.js";
import { DELETED_UID } from "../contract/dataPolicies.js";
import { searchRank, type SearchedStatus, type ShowSearchDocument } from "../contract/search.js";
import { searchPrefixesOf } from "../contract/searchWords.js";
import type { ShowDocument } from "../contract/shows.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";
import { updateCreatorSearch } from "./updateCreatorSearch.js";

/**
 * Makes a show findable while it is public and announced, live or over, and its creator while one of their shows is. Uses the
 * current documents, so late, repeated or reordered events do no harm.
 */
export async function updateShowSearch(
  { firestore: db }: Pick<Dependencies, "firestore">,
  showId: string,
): Promise<void> {
  const creatorUid = await db.runTransaction(async (transaction) => {
    const [show, entry] = await readTogether(
      transaction,
      showRef(db, showId),
      showSearchRef(db, showId),
    );
    const before = entry.data();
    const after = entryOf(show.data());
    if (!after && before) transaction.delete(entry.ref);
    if (after && !isDeepStrictEqual(before, after)) transaction.set(entry.ref, after);
    return after?.creatorUid ?? before?.creatorUid;
  });
  if (creatorUid !== undefined) await updateCreatorSearch({ firestore: db }, creatorUid);
}

/** Undefined for a show that no search may find. The shows of a deleted account are empty. */
function entryOf(show: ShowDocument | undefined): ShowSearchDocument | undefined {
  if (show?.visibility !== "public" || show.creatorUid === DELETED_UID) return undefined;
  const { creator, creatorUid, title } = show;
  const found = whenOf(show);
  if (!found) return undefined;
  const { status, at } = found;
  const { displayName, photoUrl } = creator;
  return {
    creatorUid,
    creator: { displayName, photoUrl },
    title,
    status,
    rank: searchRank[status],
    at,
    prefixes: searchPrefixesOf(title, displayName),
  };
}

function whenOf({
  status,
  scheduledFor,
  startedAt,
}: ShowDocument): Pick<ShowSearchDocument, "status" | "at"> | undefined {
  if (status === "draft" || status === "cancelled") return undefined;
  const at = (status satisfies SearchedStatus) === "scheduled" ? scheduledFor : startedAt;
  return at ? { status, at } : undefined;
}
