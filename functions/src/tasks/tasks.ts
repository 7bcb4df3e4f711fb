import { z } from "zod";
import { documentId, epochMillis } from "../contract/fields.js";
import { publishFeedQueue, sweepShowQueue } from "./queues.js";
import { defineTask, type TaskQueue } from "./taskQueue.js";

const oneShow = z.strictObject({ showId: documentId });
const oneSweep = oneShow.extend({
  /** How many LiveKit listed in the audio room; absent where the sweep has to look. */
  participants: z.int().nonnegative().optional(),
  /** When the minute's sweep was planned (ms since the epoch); absent where a call or an event asked for this one. */
  plannedAt: epochMillis.optional(),
  /** LiveKit could not list its rooms: the sweep does not wait for it in vain. */
  isLivekitSilent: z.literal(true).optional(),
});

export const publishFeedTask = defineTask({ ...publishFeedQueue, payload: oneShow });
export const sweepShowTask = defineTask({ ...sweepShowQueue, payload: oneSweep });

export interface TaskQueues {
  readonly publishFeed: TaskQueue<z.output<typeof publishFeedTask.payload>>;
  readonly sweepShow: TaskQueue<z.output<typeof sweepShowTask.payload>>;
}
