import { applyEntitlement } from "../audio/applyEntitlement.js";
import { leaveShow } from "../audience/leaveShow.js";
import { attemptAll } from "../attemptAll.js";
import { showRef, showsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { isRefusal } from "../errors.js";
import { select, selectEverywhere } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { endShow } from "../shows/endShow.js";

const PAGE = 100;

/**
 * Ends the person's own live show, and takes them out of every other: out of the documents, so that they can write nothing
 * there any more, and out of the audio room at once, or by the show's sweep if LiveKit does not answer.
 */
export async function leaveShows(
  deps: Pick<
    Dependencies,
    | "firestore"
    | "clock"
    | "newId"
    | "rooms"
    | "tasks"
    | "accounts"
    | "audienceIntervalMs"
    | "digestIntervalMs"
  >,
  uid: string,
): Promise<void> {
  const db = deps.firestore;
  const caller = { uid, isAdmin: false };
  const live = select(showsRef(db), queries.openShowsOf, uid, ["live"]).select();
  await eachPage(live, PAGE, (shows) =>
    attemptAll(shows, ({ id }) => endShow(deps, caller, { showId: id })),
  );
  const places = selectEverywhere(db, queries.everyPlaceOf, uid).select();
  await eachPage(places, PAGE, async (page) => {
    const showIds = page.flatMap(({ ref }) => ref.parent.parent?.id ?? []);
    const shows = await readTogether(db, ...showIds.map((showId) => showRef(db, showId)));
    const liveOnes = shows.filter((show) => show.data()?.status === "live");
    await attemptAll(liveOnes, async ({ id: showId }) => {
      try {
        await leaveShow(deps, caller, { showId });
      } catch (error) {
        // A host has removed the person, or another run of the deletion was here before.
        if (!isRefusal(error, "NOT_PARTICIPANT")) throw error;
      }
      await applyEntitlement(deps, showId, uid, null);
    });
  });
}
