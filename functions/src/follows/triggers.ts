import { countFollowersQueue } from "../tasks/queues.js";
import { onTask, onTime, onWrite } from "../trigger.js";

export const onFollowWritten = onWrite(
  "onFollowWritten",
  "users/{uid}/following/{creatorUid}",
  async () => (await import("./onFollowWritten.js")).onFollowWritten,
);

export const countFollowers = onTask(countFollowersQueue, async () => ({
  task: (await import("../tasks/tasks.js")).countFollowersTask,
  run: (await import("./countFollowers.js")).countFollowers,
}));

/** Once a day: counts the followers of every creator who has some. */
export const sweepFollowers = onTime(
  "sweepFollowers",
  "every 24 hours",
  async () => (await import("./sweepFollowers.js")).sweepFollowers,
);
