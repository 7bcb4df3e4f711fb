import type { QueryDocumentSnapshot } from "firebase-admin/firestore";
import { attemptAll, attemptInTurn } from "../attemptAll.js";
import { showsRef, stagesRef } from "../collections.js";
import { documentId } from "../contract/fields.js";
import { queries } from "../contract/queries.js";
import type { Dependencies } from "../dependencies.js";
import { eachPage } from "../eachPage.js";
import { select } from "../queries.js";

const PAGE = 500;
const MINUTE_MS = 60_000;

/**
 * Asks for a sweep of every show that is live, was not cleaned up after its end, or has an audio room: one
 * task each, so that a show that fails or is huge delays no other. What cannot be listed or enqueued does
 * not keep the rest from being swept.
 */
export async function sweepShows(
  deps: Pick<Dependencies, "firestore" | "clock" | "rooms" | "tasks">,
): Promise<void> {
  const db = deps.firestore;
  // One minute is one task: a schedule that fires twice sweeps once.
  const dueAt = Math.floor(deps.clock.now() / MINUTE_MS) * MINUTE_MS;
  const enqueued = new Set<string>();
  const enqueue = async (showIds: readonly string[]) => {
    const others = showIds.filter((showId) => !enqueued.has(showId));
    for (const showId of others) enqueued.add(showId);
    await attemptAll(others, (showId) => deps.tasks.sweepShow.enqueue({ showId }, dueAt));
  };
  const enqueuePage = (page: readonly QueryDocumentSnapshot[]) => enqueue(page.map(({ id }) => id));
  const live = select(showsRef(db), queries.liveShows, "live").select();
  const unclean = select(stagesRef(db), queries.uncleanStages, "pending").select();
  await attemptInTurn(
    [
      () => eachPage(live, PAGE, enqueuePage),
      () => eachPage(unclean, PAGE, enqueuePage),
      async () => {
        // A name that no show could have is another's room on the same server.
        const names = await deps.rooms.list();
        await enqueue(names.filter((name) => documentId.safeParse(name).success));
      },
    ],
    "some shows are not swept",
  );
}
