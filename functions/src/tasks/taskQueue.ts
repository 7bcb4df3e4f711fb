import { FirebaseFunctionsError, type Functions } from "firebase-admin/functions";
import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Clock } from "../clock.js";
import { REGION } from "../contract/region.js";
import { traceHeaders } from "../operation.js";
import type { TaskQueueSettings } from "./queues.js";

/** What a task concerns: one show, or one person. */
type Subject = { readonly showId: string } | { readonly uid: string };

export type ForSubject = z.ZodType<Subject>;

/** A task queue, and what its tasks carry. */
export interface TaskDefinition<Payload extends ForSubject = ForSubject> extends TaskQueueSettings {
  readonly payload: Payload;
  /** Distinguishes one subject's tasks for the same moment. By default, they are the same task. */
  readonly keyOf?: (payload: z.output<Payload>) => string;
}

/** Infers the payload's type, so that a definition needs no type arguments. */
export function defineTask<Payload extends ForSubject>(
  definition: TaskDefinition<Payload>,
): TaskDefinition<Payload> {
  return definition;
}

/** Requests work at a later time. It is done once, however many calls request it. */
export interface TaskQueue<Payload> {
  /**
   * Runs `payload` at `dueAt`, in ms since the epoch. Of one subject's tasks for the same moment and key only the first runs,
   * with the correlation id of the operation that asked first.
   */
  enqueue(payload: Payload, dueAt: number): Promise<void>;
}

export function taskQueue<Payload extends ForSubject>(
  functions: Functions,
  { name, keyOf = () => "" }: TaskDefinition<Payload>,
  clock: Pick<Clock, "now">,
): TaskQueue<z.output<Payload>> {
  const queue = functions.taskQueue<z.output<Payload>>(`locations/${REGION}/functions/${name}`);
  /** The tasks that this instance has enqueued and that are not due yet: enqueueing them again would have no effect. */
  const enqueued = new Map<string, number>();

  return {
    async enqueue(payload, dueAt) {
      const id = taskId(name, subjectOf(payload), keyOf(payload), dueAt);
      if (enqueued.has(id)) return;
      try {
        const headers = traceHeaders();
        const scheduleTime = new Date(dueAt);
        await queue.enqueue(payload, { id, scheduleTime, ...(headers && { headers }) });
      } catch (error) {
        if (!isTaken(error)) throw error;
      }
      const now = clock.now();
      for (const [other, due] of enqueued) if (due <= now) enqueued.delete(other);
      if (dueAt > now) enqueued.set(id, dueAt);
    },
  };
}

/**
 * Cloud Tasks takes a name once. Hashed, since names that share a prefix or count up make it slow.
 * https://cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues.tasks/create#body.request_body.FIELDS.task
 */
function taskId(name: string, subject: string, key: string, dueAt: number): string {
  return createHash("sha256")
    .update(JSON.stringify([name, subject, key, dueAt]))
    .digest("hex");
}

function subjectOf(payload: Subject): string {
  return "showId" in payload ? payload.showId : payload.uid;
}

function isTaken(error: unknown): boolean {
  return error instanceof FirebaseFunctionsError && error.code === "functions/task-already-exists";
}
