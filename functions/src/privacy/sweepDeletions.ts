import type { QueryDocumentSnapshot } from "firebase-admin/firestore";
import { attemptAll, attemptInTurn } from "../attemptAll.js";
import { deletionsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";
import { carryOutDeletion, type DeletionDependencies } from "./carryOutDeletion.js";
import { leaveBeforeDeletion } from "./leaveBeforeDeletion.js";

const PAGE = 50;
const AT_ONCE = 5;
/** How long a sweep works before it leaves the rest to the next one, in ms. Well below the function's timeout. */
const SWEEP_LASTS_MS = 240_000;

/**
 * Takes people out of shows whose deletion waits, where that failed before. Begins each deletion that is due, and continues
 * those that were interrupted: the oldest first. A failure does not stop the others.
 */
export async function sweepDeletions(deps: DeletionDependencies): Promise<void> {
  const now = deps.clock.now();
  const stopAt = now + SWEEP_LASTS_MS;
  const hasTime = () => deps.clock.now() < stopAt;
  const deletions = deletionsRef(deps.firestore);
  const each = (work: (uid: string) => Promise<void>) => (page: readonly QueryDocumentSnapshot[]) =>
    attemptAll(page, ({ id }) => work(id), { atOnce: AT_ONCE });
  const waiting = select(deletions, queries.deletionsInShows, false).select();
  const due = select(deletions, queries.dueDeletions, new Date(now)).select();
  await attemptInTurn(
    [
      () =>
        eachPage(
          waiting,
          PAGE,
          each((uid) => leaveBeforeDeletion(deps, uid)),
          hasTime,
        ),
      () =>
        eachPage(
          due,
          PAGE,
          each((uid) => carryOutDeletion(deps, uid, stopAt)),
          hasTime,
        ),
    ],
    "some accounts are not deleted",
  );
}
