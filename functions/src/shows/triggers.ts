import { onSchedule } from "firebase-functions/scheduler";
import { onTaskDispatched } from "firebase-functions/tasks";
import { convergePerson } from "../audio/applyEntitlement.js";
import { roomTask } from "../audio/roomTaskQueue.js";
import { livekitApiSecret } from "../config.js";
import { REGION } from "../contract/region.js";
import { dependencies } from "../assemble.js";
import { untilDue } from "../untilDue.js";
import { handOver } from "./handOver.js";
import { handOverTask } from "./handOverQueue.js";
import { reconcileRoom } from "./reconcileRoom.js";
import { sweepShows as sweep } from "./sweepShows.js";

/** Puts an audio room right until it is: what it could not be told at once. */
export const convergeRoom = onTaskDispatched(
  {
    region: REGION,
    secrets: [livekitApiSecret],
    retryConfig: { maxAttempts: 100, minBackoffSeconds: 1, maxBackoffSeconds: 30 },
  },
  async (request) => {
    const { showId, uid } = roomTask.parse(request.data);
    if (uid === null) await reconcileRoom(dependencies(), showId);
    else await convergePerson(dependencies(), showId, uid);
  },
);

/** The grace period of who led a show is over. */
export const handOverShow = onTaskDispatched(
  {
    region: REGION,
    secrets: [livekitApiSecret],
    retryConfig: { maxAttempts: 100, minBackoffSeconds: 1, maxBackoffSeconds: 30 },
  },
  async (request) => {
    const { showId, dueAt } = handOverTask.parse(request.data);
    const deps = dependencies();
    await untilDue(deps.clock, dueAt);
    const again = await handOver(deps, showId);
    if (again !== null) await deps.handOvers.enqueue(showId, again);
  },
);

/** For the events that never came. */
export const sweepShows = onSchedule(
  {
    schedule: "every 1 minutes",
    region: REGION,
    secrets: [livekitApiSecret],
    timeoutSeconds: 300,
  },
  async () => {
    await sweep(dependencies());
  },
);
