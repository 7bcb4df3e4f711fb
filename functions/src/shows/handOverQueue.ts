import type { Functions } from "firebase-admin/functions";
import { z } from "zod";
import { REGION } from "../contract/region.js";
import { documentId, epochMillis } from "../contract/fields.js";

/** A show to look at, and when (ms since the epoch). */
export const handOverTask = z.object({ showId: documentId, dueAt: epochMillis });

/** Asks for a look at who leads a show, once the grace period of who left it is over. */
export interface HandOverQueue {
  enqueue(showId: string, dueAt: number): Promise<void>;
}

export function handOverQueue(functions: Functions): HandOverQueue {
  const queue = functions.taskQueue<z.infer<typeof handOverTask>>(
    `locations/${REGION}/functions/handOverShow`,
  );
  return {
    enqueue: (showId, dueAt) => queue.enqueue({ showId, dueAt }, { scheduleTime: new Date(dueAt) }),
  };
}
