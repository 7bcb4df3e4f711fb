import { applyEntitlement } from "../audio/applyEntitlement.js";
import { attemptAll } from "../attemptAll.js";
import { participantRef, showRef, speakRequestRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { selectEverywhere } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { endStay } from "./endStay.js";

const PAGE = 100;

type LeavingDependencies = Pick<Dependencies, "firestore" | "clock" | "rooms" | "tasks">;

/**
 * Ends a person's stay in every live show of others. The documents change first, so that the person can write nothing
 * there any more. Then they are removed from the audio room, by the show's sweep if LiveKit does not answer. Safe to
 * repeat.
 */
export async function leaveLiveShows(
  deps: LeavingDependencies,
  uid: string,
  event: "leave" | "remove",
): Promise<void> {
  const stays = selectEverywhere(deps.firestore, queries.staysOf, uid, ["present", "lost"]);
  await eachPage(stays.select(), PAGE, async (page) => {
    const showIds = page.flatMap(({ ref }) => ref.parent.parent?.id ?? []);
    await attemptAll(showIds, (showId) => leaveIfLive(deps, showId, uid, event));
  });
}

/** People keep their place in a show that has ended, and creators theirs in their own. */
async function leaveIfLive(
  deps: LeavingDependencies,
  showId: string,
  uid: string,
  event: "leave" | "remove",
): Promise<void> {
  const db = deps.firestore;
  const isOut = await db.runTransaction(async (transaction) => {
    const [showSnapshot, participant, request] = await readTogether(
      transaction,
      showRef(db, showId),
      participantRef(db, showId, uid),
      speakRequestRef(db, showId, uid),
    );
    const show = showSnapshot.data();
    const state = participant.data()?.state;
    if (show?.status !== "live" || show.creatorUid === uid) return false;
    if (state !== "present" && state !== "lost") return false;
    endStay(deps, transaction, showId, { participant, request }, event, uid);
    return true;
  });
  if (isOut) await applyEntitlement(deps, showId, uid, null);
}
