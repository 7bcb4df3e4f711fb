import { z } from "zod";
import { documentId } from "../contract/fields.js";
import { defineTask, type TaskQueue } from "./taskQueue.js";

const oneShow = z.strictObject({ showId: documentId });

/** Brings a show's `feed/latest` up to date at the end of an interval. */
export const publishFeedTask = defineTask({
  name: "publishFeed",
  payload: oneShow,
  retryConfig: { maxAttempts: 5, minBackoffSeconds: 1, maxBackoffSeconds: 10 },
  rateLimits: { maxConcurrentDispatches: 500, maxDispatchesPerSecond: 500 },
});

/** Repairs one show: the healer of whatever an event or a call left wrong. */
export const sweepShowTask = defineTask({
  name: "sweepShow",
  payload: oneShow,
  retryConfig: { maxAttempts: 5, minBackoffSeconds: 1, maxBackoffSeconds: 10 },
  // Each sweep asks LiveKit twice, and LiveKit Cloud answers about 1,000 requests a minute.
  rateLimits: { maxConcurrentDispatches: 50, maxDispatchesPerSecond: 50 },
});

export interface TaskQueues {
  readonly publishFeed: TaskQueue<z.output<typeof publishFeedTask.payload>>;
  readonly sweepShow: TaskQueue<z.output<typeof sweepShowTask.payload>>;
}
