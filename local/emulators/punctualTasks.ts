// Loaded into the Firebase CLI, which runs on Node alone: it may import nothing of this repository.
import taskQueue from "firebase-tools/lib/emulator/taskQueue.js";
import tasksEmulator from "firebase-tools/lib/emulator/tasksEmulator.js";

/*
 * Cloud Tasks delivers a task when it is due. Its emulator ignores `scheduleTime` and delivers at
 * once, so a task is kept back here until then.
 */

const queues = taskQueue.TaskQueue.prototype;
const { enqueue } = queues;

queues.enqueue = function (task) {
  const early = Date.parse(task.scheduleTime ?? "") - Date.now();
  if (!(early > 0)) {
    enqueue.call(this, task);
    return;
  }
  if (this.queuedIds.has(task.name)) throw new Error(`There is a task ${task.name} already.`);
  // Taken from now on, as a name is in Cloud Tasks.
  this.queuedIds.add(task.name);
  setTimeout(() => {
    this.queuedIds.delete(task.name);
    enqueue.call(this, task);
  }, early);
};

// While a task is being worked on, the emulator looks at its queues without a pause: a whole core.
// While there is none, it looks once a second, which is how late the next one comes.
tasksEmulator.TaskQueueController.UPDATE_TIMEOUT = 10;
tasksEmulator.TaskQueueController.LISTEN_TIMEOUT = 10;
