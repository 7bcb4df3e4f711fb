import { onDocumentWritten } from "firebase-functions/firestore";
import { onSchedule } from "firebase-functions/scheduler";
import { onTaskDispatched } from "firebase-functions/tasks";
import { REGION } from "../config.js";
import { dependencies } from "../dependencies.js";
import { recountAudience as recount } from "./recountAudience.js";
import { recountTask } from "./recountQueue.js";
import { sweepAudiences as sweep } from "./sweepAudiences.js";

/** Somebody came or went: his show's audience is counted at the end of this interval. */
export const onParticipantWritten = onDocumentWritten(
  { document: "shows/{showId}/participants/{uid}", region: REGION, retry: true },
  async (event) => {
    const before: unknown = event.data?.before.get("state");
    const after: unknown = event.data?.after.get("state");
    if (before === after) return;
    const { recounts, clock } = dependencies();
    await recounts.enqueue(event.params.showId, clock.now());
  },
);

export const recountAudience = onTaskDispatched(
  { region: REGION, retryConfig: { maxAttempts: 5, minBackoffSeconds: 1 } },
  async (request) => {
    const { showId, dueAt } = recountTask.parse(request.data);
    const deps = dependencies();
    // The tasks emulator delivers at once. Counting early would miss who comes later in the interval.
    await deps.clock.sleep(Math.max(0, dueAt - deps.clock.now()));
    const again = await recount(deps, showId);
    if (again !== null) await deps.recounts.enqueue(showId, again);
  },
);

/** For the events that never came. */
export const sweepAudiences = onSchedule(
  { schedule: "every 1 minutes", region: REGION },
  async () => {
    await sweep(dependencies());
  },
);
