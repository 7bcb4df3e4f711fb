import { deleteApp, initializeApp } from "firebase-admin/app";
import { getFunctions } from "firebase-admin/functions";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { askForFeed } from "../../src/feed/askForFeed.js";
import { taskQueue } from "../../src/tasks/taskQueue.js";
import {
  countFollowersTask,
  notifyTask,
  publishFeedTask,
  sweepShowTask,
} from "../../src/tasks/tasks.js";

/**
 * The number of Cloud Tasks calls per join, for `joins` over `seconds` on one instance whose
 * trigger on each participant asks for the feed. It counts the requests at a local server.
 */
export async function tasksPerJoin(joins: number, seconds: number): Promise<number> {
  let calls = 0;
  const cloudTasks = createServer((_request, response) => {
    calls += 1;
    response.setHeader("content-type", "application/json").end("{}");
  });
  await once(cloudTasks.listen(0, "127.0.0.1"), "listening");
  const address = cloudTasks.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  process.env.CLOUD_TASKS_EMULATOR_HOST = `127.0.0.1:${address.port}`;
  const app = initializeApp({ projectId: "demo-ambient" }, randomUUID());
  const functions = getFunctions(app);
  let now = Date.now();
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const tasks = {
    publishFeed: taskQueue(functions, publishFeedTask, clock),
    sweepShow: taskQueue(functions, sweepShowTask, clock),
    notify: taskQueue(functions, notifyTask, clock),
    countFollowers: taskQueue(functions, countFollowersTask, clock),
  };
  for (let joined = 0; joined < joins; joined += 1) {
    await askForFeed(
      { tasks, clock, audienceIntervalMs: 5_000, digestIntervalMs: 2_000 },
      "a-show",
    );
    now += (seconds * 1_000) / joins;
  }
  delete process.env.CLOUD_TASKS_EMULATOR_HOST;
  cloudTasks.close();
  await deleteApp(app);
  return calls / joins;
}
