import { z } from "zod";
import { documentId } from "../contract/fields.js";
import { publishFeedQueue, sweepShowQueue } from "./queues.js";
import { defineTask, type TaskQueue } from "./taskQueue.js";

const oneShow = z.strictObject({ showId: documentId });

export const publishFeedTask = defineTask({ ...publishFeedQueue, payload: oneShow });
export const sweepShowTask = defineTask({ ...sweepShowQueue, payload: oneShow });

export interface TaskQueues {
  readonly publishFeed: TaskQueue<z.output<typeof publishFeedTask.payload>>;
  readonly sweepShow: TaskQueue<z.output<typeof sweepShowTask.payload>>;
}
