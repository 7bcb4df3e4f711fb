import { onTaskDispatched } from "firebase-functions/tasks";
import { livekitApiSecret, REGION } from "../config.js";
import { dependencies } from "../dependencies.js";
import { handOver } from "./handOver.js";
import { handOverTask } from "./handOvers.js";

/** The most that a task which came too early waits before it is put back (ms). */
const LONGEST_WAIT_MS = 20_000;

export const handOverShow = onTaskDispatched(
  {
    region: REGION,
    secrets: [livekitApiSecret],
    retryConfig: { maxAttempts: 5, minBackoffSeconds: 1 },
  },
  async (request) => {
    const { showId, dueAt } = handOverTask.parse(request.data);
    const deps = dependencies();
    // The tasks emulator delivers at once.
    const early = dueAt - deps.clock.now();
    await deps.clock.sleep(Math.min(Math.max(0, early), LONGEST_WAIT_MS));
    const again = early > LONGEST_WAIT_MS ? dueAt : await handOver(deps, showId);
    if (again !== null) await deps.handOvers.enqueue(showId, again);
  },
);
