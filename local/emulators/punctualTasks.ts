// The Firebase CLI loads this file on plain Node, so it must not import anything from this
// repository.
import taskQueue from "firebase-tools/lib/emulator/taskQueue.js";
import tasksEmulator from "firebase-tools/lib/emulator/tasksEmulator.js";

/*
 * Cloud Tasks delivers a task when it is due. Its emulator ignores `scheduleTime` and delivers at
 * once, so this patch holds each task until then.
 */

/** A longer timer overflows and fires immediately. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const queues = taskQueue.TaskQueue.prototype;
const { enqueue, shouldStopRetrying } = queues;

queues.enqueue = function (task) {
  const dueAt = Date.parse(task.scheduleTime ?? "");
  if (!(dueAt > Date.now())) {
    enqueue.call(this, task);
    return;
  }
  if (this.queuedIds.has(task.name)) throw new Error(`The task ${task.name} is already queued.`);
  // Reserve the name immediately, like Cloud Tasks does.
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

// `maxAttempts` includes the first attempt, but the emulator counts only the later ones.
queues.shouldStopRetrying = function (metadata, retryConfig) {
  const counted = { ...metadata, currentAttempt: metadata.currentAttempt + 1 };
  return shouldStopRetrying.call(this, counted, retryConfig);
};

// While a task is running, the emulator polls its queues without a pause, which uses a whole core.
// Otherwise it polls once a second, which delays the next task by up to that.
tasksEmulator.TaskQueueController.UPDATE_TIMEOUT = 10;
tasksEmulator.TaskQueueController.LISTEN_TIMEOUT = 10;
