import { attemptInTurn } from "../attemptAll.js";
import { leaveLiveShows } from "../audience/leaveLiveShows.js";
import { deletionRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { endLiveShowOf } from "../shows/endLiveShowOf.js";

/**
 * Ends the person's own live show and takes them out of every other, and then records it in the request. Safe to repeat: until
 * it is recorded, `sweepDeletions` tries again.
 */
export async function leaveBeforeDeletion(
  deps: Pick<
    Dependencies,
    "firestore" | "clock" | "rooms" | "tasks" | "audienceIntervalMs" | "digestIntervalMs"
  >,
  uid: string,
): Promise<void> {
  await attemptInTurn(
    [() => endLiveShowOf(deps, uid, "ended_by_host"), () => leaveLiveShows(deps, uid, "leave")],
    "the person is not out of every show",
  );
  await deps.firestore.runTransaction(async (transaction) => {
    const deletion = await transaction.get(deletionRef(deps.firestore, uid));
    if (deletion.data()?.isOut === false) transaction.update(deletion.ref, { isOut: true });
  });
}
