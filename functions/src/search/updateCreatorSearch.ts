import { isDeepStrictEqual } from "node:util";
import { creatorSearchRef, showSearchesRef, userRef } from "../collections.js";
import { searchPrefixesOf } from "../contract/searchWords.js";
import type { CreatorSearchDocument } from "../contract/search.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";

/**
 * Makes a person findable by name while a search finds a show of theirs. People who only listen are in no list. Uses the
 * current documents, so late, repeated or reordered events do no harm.
 */
export async function updateCreatorSearch(
  { firestore: db }: Pick<Dependencies, "firestore">,
  uid: string,
): Promise<void> {
  await db.runTransaction(async (transaction) => {
    const theirs = select(showSearchesRef(db), queries.searchedShowsOf, uid).limit(1);
    const [[profile, entry], shows] = await Promise.all([
      readTogether(transaction, userRef(db, uid), creatorSearchRef(db, uid)),
      transaction.get(theirs),
    ]);
    const person = profile.data();
    if (!person || shows.empty) {
      if (entry.exists) transaction.delete(entry.ref);
      return;
    }
    const { displayName, photoUrl, followerCount } = person;
    const after: CreatorSearchDocument = {
      displayName,
      photoUrl,
      followerCount,
      prefixes: searchPrefixesOf(displayName),
    };
    if (!isDeepStrictEqual(entry.data(), after)) transaction.set(entry.ref, after);
  });
}
