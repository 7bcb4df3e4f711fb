import { notifyQueue } from "../tasks/queues.js";
import { onTask } from "../trigger.js";

export const notify = onTask(notifyQueue, async () => ({
  task: (await import("../tasks/tasks.js")).notifyTask,
  run: (await import("./notify.js")).notify,
}));
