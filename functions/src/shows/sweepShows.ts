import type { QueryDocumentSnapshot } from "firebase-admin/firestore";
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
  const failures: unknown[] = [];
  const enqueued = new Set<string>();
  const enqueue = async (showIds: readonly string[]) => {
    const others = showIds.filter((showId) => !enqueued.has(showId));
    const outcomes = await Promise.allSettled(
      others.map((showId) => deps.tasks.sweepShow.enqueue({ showId }, dueAt)),
    );
    for (const showId of others) enqueued.add(showId);
    for (const each of outcomes) if (each.status === "rejected") failures.push(each.reason);
  };
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      failures.push(error);
    }
  };
  const enqueuePage = (page: readonly QueryDocumentSnapshot[]) => enqueue(page.map(({ id }) => id));
  const live = select(showsRef(db), queries.liveShows, "live").select();
  const unclean = select(stagesRef(db), queries.uncleanStages, "pending").select();
  await attempt(() => eachPage(live, PAGE, enqueuePage));
  await attempt(() => eachPage(unclean, PAGE, enqueuePage));
  await attempt(async () => {
    // A name that no show could have is another's room on the same server.
    const names = await deps.rooms.list();
    await enqueue(names.filter((name) => documentId.safeParse(name).success));
  });
  if (failures.length > 0) throw new AggregateError(failures, "some shows are not swept");
}
