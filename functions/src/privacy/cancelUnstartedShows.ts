import { attemptAll } from "../attemptAll.js";
import { showRef, showsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";
import { cancelShow } from "../shows/cancelShow.js";
import { eraseBeneath } from "../shows/eraseDraft.js";

const PAGE = 100;

/** Cancels a person's scheduled shows, which others may have seen, and erases their drafts with all beneath. */
export async function cancelUnstartedShows(
  deps: Pick<Dependencies, "firestore" | "clock">,
  uid: string,
): Promise<void> {
  const db = deps.firestore;
  const scheduled = select(showsRef(db), queries.showsInStatus, uid, ["scheduled"]).select();
  await eachPage(scheduled, PAGE, (shows) =>
    attemptAll(shows, ({ id }) => cancelShow(deps, { uid }, { showId: id })),
  );
  const drafts = select(showsRef(db), queries.showsInStatus, uid, ["draft"]).select();
  await eachPage(drafts, PAGE, (shows) =>
    attemptAll(shows, async ({ id }) => {
      // Delete the draft last: after an interruption, its subcollections are found through it.
      await eraseBeneath(db, id);
      await showRef(db, id).delete();
    }),
  );
}
