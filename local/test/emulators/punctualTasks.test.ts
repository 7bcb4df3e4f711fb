import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import taskQueue from "firebase-tools/lib/emulator/taskQueue.js";
import "../../emulators/punctualTasks.js";

describe("the tasks emulator", () => {
  const task = (name: string, inMilliseconds?: number) => ({
    name,
    httpRequest: { url: "" },
    ...(inMilliseconds !== undefined && {
      scheduleTime: new Date(Date.now() + inMilliseconds).toISOString(),
    }),
  });
  const emptyQueue = () =>
    new taskQueue.TaskQueue("queue", {
      defaultUri: "",
      rateLimits: { maxDispatchesPerSecond: 1, maxConcurrentDispatches: 1 },
    });

  it("delivers at once a task without a time, and one whose time is over", () => {
    const tasks = emptyQueue();
    tasks.enqueue(task("at once"));
    tasks.enqueue(task("overdue", -1_000));
    assert.equal(tasks.queue.size(), 2);
  });

  it("keeps a task back until it is due", async () => {
    const tasks = emptyQueue();
    tasks.enqueue(task("later", 100));
    assert.equal(tasks.queue.size(), 0);
    const started = performance.now();
    while (tasks.queue.size() === 0) await sleep(5);
    assert.ok(performance.now() - started > 80);
  });

  it("takes a name once, also while its task is kept back", () => {
    const tasks = emptyQueue();
    tasks.enqueue(task("once", 60_000));
    assert.throws(() => {
      tasks.enqueue(task("once", 60_000));
    });
    assert.throws(() => {
      tasks.enqueue(task("once"));
    });
  });
});
