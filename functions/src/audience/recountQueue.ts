import { FirebaseFunctionsError, type Functions } from "firebase-admin/functions";
import { createHash } from "node:crypto";
import { z } from "zod";
import { REGION } from "../contract/region.js";
import { documentId, epochMillis } from "../contract/fields.js";

/** What a recount task carries. */
export const recountTask = z.object({ showId: documentId, dueAt: epochMillis });

/** Asks for a recount of a show's audience. */
export interface RecountQueue {
  /** At the first interval's end that is not before `notBefore` (ms since the epoch). */
  enqueue(showId: string, notBefore: number): Promise<void>;
}

/**
 * Cut into intervals, so that everybody who comes or goes within one shares its task: the task's
 * name is the show and the interval, and Cloud Tasks takes a name once.
 * https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues.tasks/create#body.request_body.FIELDS.task
 */
export function recountQueue(functions: Functions, intervalMs: number): RecountQueue {
  const queue = functions.taskQueue<z.infer<typeof recountTask>>(
    `locations/${REGION}/functions/recountAudience`,
  );
  return {
    async enqueue(showId, notBefore) {
      const dueAt = Math.ceil(notBefore / intervalMs) * intervalMs;
      try {
        await queue.enqueue(
          { showId, dueAt },
          { id: taskId(showId, dueAt), scheduleTime: new Date(dueAt) },
        );
      } catch (error) {
        if (!isAlreadyArmed(error)) throw error;
      }
    },
  };
}

/** Hashed, since names that share a prefix or count up make Cloud Tasks slow (same page). */
function taskId(showId: string, dueAt: number): string {
  return createHash("sha256").update(`${showId}/${dueAt}`).digest("hex");
}

function isAlreadyArmed(error: unknown): boolean {
  return error instanceof FirebaseFunctionsError && error.code === "functions/task-already-exists";
}
