import { showsRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { queries, select } from "../queries.js";
import { recountAudience } from "./recountAudience.js";

const AT_ONCE = 20;

/** Counts every live show's audience anew. One show that cannot be counted does not stop the others. */
export async function sweepAudiences(
  deps: Pick<Dependencies, "firestore" | "clock" | "audienceIntervalMs" | "recounts">,
): Promise<void> {
  const live = await select(showsRef(deps.firestore), queries.liveShows, "live").select().get();
  const failures: unknown[] = [];
  const remaining = live.docs.map((show) => show.id);
  const work = async () => {
    for (let showId = remaining.pop(); showId !== undefined; showId = remaining.pop()) {
      try {
        const again = await recountAudience(deps, showId);
        if (again !== null) await deps.recounts.enqueue(showId, again);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failures.length > 0) throw new AggregateError(failures, "some audiences were not counted");
}
