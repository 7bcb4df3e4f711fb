import type { QueryDocumentSnapshot } from "firebase-admin/firestore";
import type { z } from "zod";
import type { Caller } from "../caller.js";
import { commentsRef, participantRef, showRef } from "../collections.js";
import type { hideComments as contract } from "../contract/moderation.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { assertWithinReach, hosting } from "../stage/authority.js";

/** How many comments one transaction reads and hides. */
const PAGE = 200;

/**
 * Hides all of a person's comments in the show, page by page, so a call after a failure hides the rest. Each comment's
 * own event updates the feed and removes the pin.
 */
export async function hideComments(
  deps: Pick<Dependencies, "firestore">,
  caller: Pick<Caller, "uid">,
  { showId, uid }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const db = deps.firestore;
  const theirs = select(commentsRef(db, showId), queries.ownComments, uid).select(
    "hidden",
    "createdAt",
  );
  const hidePage = (after: QueryDocumentSnapshot | undefined) =>
    db.runTransaction(async (transaction) => {
      const [showSnapshot, callerSnapshot, participant] = await readTogether(
        transaction,
        showRef(db, showId),
        participantRef(db, showId, caller.uid),
        participantRef(db, showId, uid),
      );
      const { show, host } = hosting(showSnapshot.data(), callerSnapshot.data(), caller.uid);
      assertWithinReach(host, show, { uid, role: participant.data()?.role });
      const { docs } = await transaction.get(
        (after ? theirs.startAfter(after) : theirs).limit(PAGE),
      );
      for (const comment of docs) {
        if (comment.get("hidden") === false) transaction.update(comment.ref, { hidden: true });
      }
      return docs.length < PAGE ? undefined : docs.at(-1);
    });
  let last = await hidePage(undefined);
  while (last) last = await hidePage(last);
  return {};
}
