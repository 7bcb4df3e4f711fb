// Loaded into the Firebase CLI, which runs on Node alone: it may import nothing of this repository.
import taskQueue from "firebase-tools/lib/emulator/taskQueue.js";
import tasksEmulator from "firebase-tools/lib/emulator/tasksEmulator.js";

/*
 * Cloud Tasks delivers a task when it is due. Its emulator ignores `scheduleTime` and delivers at
 * once, so a task is kept back here until then.
 */

/** A longer timer overflows, and fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const queues = taskQueue.TaskQueue.prototype;
const { enqueue, shouldStopRetrying } = queues;

queues.enqueue = function (task) {
  const dueAt = Date.parse(task.scheduleTime ?? "");
  if (!(dueAt > Date.now())) {
    enqueue.call(this, task);
    return;
  }
  if (this.queuedIds.has(task.name)) throw new Error(`There is a task ${task.name} already.`);
  // Taken from now on, as a name is in Cloud Tasks.
  this.queuedIds.add(task.name);
  const hold = (): void => {
    const early = dueAt - Date.now();
    if (early > 0) {
      setTimeout(hold, Math.min(early, LONGEST_TIMER_MS));
      return;
    }
    this.queuedIds.delete(task.name);
    enqueue.call(this, task);
  };
  hold();
};

// `maxAttempts` includes the first attempt; the emulator counts only those that follow it.
queues.shouldStopRetrying = function (metadata, retryConfig) {
  const counted = { ...metadata, currentAttempt: metadata.currentAttempt + 1 };
  return shouldStopRetrying.call(this, counted, retryConfig);
};

// While a task is being worked on, the emulator looks at its queues without a pause: a whole core.
// While there is none, it looks once a second, which is how late the next one comes.
tasksEmulator.TaskQueueController.UPDATE_TIMEOUT = 10;
tasksEmulator.TaskQueueController.LISTEN_TIMEOUT = 10;
