import { attemptAll, attemptInTurn } from "../attemptAll.js";
import { deletionsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";
import { carryOutDeletion, type DeletionDependencies } from "./carryOutDeletion.js";

const PAGE = 50;
const AT_ONCE = 5;
/** After this time (ms) a sweep leaves the rest to the next one. Well below the function's timeout. */
const SWEEP_LASTS_MS = 240_000;

/**
 * Begins each deletion that is due, and goes on with those that were interrupted: the oldest first. One that fails keeps no
 * other from its turn.
 */
export async function sweepDeletions(deps: DeletionDependencies): Promise<void> {
  const now = deps.clock.now();
  const stopAt = now + SWEEP_LASTS_MS;
  const due = select(deletionsRef(deps.firestore), queries.dueDeletions, new Date(now)).select();
  const sweep = () =>
    eachPage(
      due,
      PAGE,
      (deletions) =>
        attemptAll(deletions, ({ id }) => carryOutDeletion(deps, id, stopAt), { atOnce: AT_ONCE }),
      () => deps.clock.now() < stopAt,
    );
  await attemptInTurn([sweep], "some accounts are not deleted");
}
