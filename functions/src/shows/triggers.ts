import { sweepShowQueue } from "../tasks/queues.js";
import { onTask, onTime, onWrite } from "../trigger.js";

/** Once a minute: asks for a sweep of every show. */
export const sweepShows = onTime(
  "sweepShows",
  "every 1 minutes",
  async () => (await import("./sweepShows.js")).sweepShows,
);

export const sweepShow = onTask(sweepShowQueue, async () => ({
  task: (await import("../tasks/tasks.js")).sweepShowTask,
  run: (await import("./sweepShow.js")).sweepShow,
}));

export const onShowWritten = onWrite(
  "onShowWritten",
  "shows/{showId}",
  async () => (await import("./onShowWritten.js")).onShowWritten,
);
