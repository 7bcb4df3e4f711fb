import { attemptInTurn } from "../attemptAll.js";
import type { Dependencies } from "../dependencies.js";
import { cancelNoShows } from "./cancelNoShows.js";
import { deleteAbandonedDrafts } from "./deleteAbandonedDrafts.js";
import { expireShows } from "./expireShows.js";

/** How long a run works before it leaves the rest to the next one, in ms. Well below the function's timeout. */
const RUN_LASTS_MS = 25 * 60_000;

/**
 * Cancels what nobody started and deletes what has been kept long enough. Safe to repeat or interrupt: each step
 * finds the rest with a query. A step that fails does not stop the others.
 */
export async function expireData(
  deps: Pick<Dependencies, "firestore" | "clock" | "retention">,
): Promise<void> {
  const stopAt = deps.clock.now() + RUN_LASTS_MS;
  const hasTime = () => deps.clock.now() < stopAt;
  await attemptInTurn(
    [
      () => cancelNoShows(deps, hasTime),
      () => deleteAbandonedDrafts(deps, hasTime),
      () => expireShows(deps, hasTime),
    ],
    "some data is kept too long",
  );
}
