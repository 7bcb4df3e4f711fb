import { attemptAll } from "../attemptAll.js";
import { usersRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";
import { countFollowers } from "./countFollowers.js";

const PAGE = 200;

/** How long a run may take, in ms. It is enough for some hundred thousand creators, and well below the function's timeout. */
const RUN_LASTS_MS = 25 * 60_000;

/**
 * Counts the followers of every creator who has some, the largest first: the healer of counts whose event or task was lost.
 * Almost everybody has none, so creators without followers are skipped: their next follow counts them.
 */
export async function sweepFollowers(
  deps: Pick<Dependencies, "firestore" | "clock" | "tasks">,
): Promise<void> {
  const stopAt = deps.clock.now() + RUN_LASTS_MS;
  const followed = select(usersRef(deps.firestore), queries.followedCreators, 0);
  await eachPage(
    followed,
    PAGE,
    (page) => attemptAll(page, ({ id }) => countFollowers(deps, { uid: id })),
    () => deps.clock.now() < stopAt,
  );
}
