import { recountAudience } from "../audience/recountAudience.js";
import { reconcileRoom } from "./reconcileRoom.js";
import { showsRef } from "../collections.js";
import { documentId } from "../contract/fields.js";
import type { Dependencies } from "../dependencies.js";
import { queries } from "../contract/queries.js";
import { select } from "../queries.js";
import { handOver } from "./handOver.js";

const AT_ONCE = 20;

type Needs = Pick<
  Dependencies,
  "firestore" | "clock" | "audienceIntervalMs" | "hostGraceMs" | "recounts" | "rooms" | "roomTasks"
>;

/**
 * Goes over everything that is on, for the events that never came: the audio room against the
 * documents, who is there, who leads, how many they are; and closes the rooms of shows that are over.
 * What fails for one show does not stop the others, nor what else is to be done for it.
 */
export async function sweepShows(deps: Needs): Promise<void> {
  const live = await select(showsRef(deps.firestore), queries.liveShows, "live").select().get();
  const failures: unknown[] = [];
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      failures.push(error);
    }
  };
  const showIds = new Set(live.docs.map(({ id }) => id));
  await attempt(async () => {
    for (const name of await deps.rooms.list()) {
      // A name that no show could have is another's room on the same server.
      if (documentId.safeParse(name).success) showIds.add(name);
    }
  });
  const remaining = [...showIds];
  const work = async () => {
    for (let showId = remaining.pop(); showId !== undefined; showId = remaining.pop()) {
      const id = showId;
      await attempt(() => reconcileRoom(deps, id));
      await attempt(async () => {
        await handOver(deps, id);
      });
      await attempt(async () => {
        const again = await recountAudience(deps, id);
        if (again !== null) await deps.recounts.enqueue(id, again);
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failures.length > 0) throw new AggregateError(failures, "some shows were not gone over");
}
