import type { Functions } from "firebase-admin/functions";
import { z } from "zod";
import { REGION } from "../contract/region.js";
import { documentId, epochMillis, personId } from "../contract/fields.js";

/** Who lost a connection that began at `connectedAt`, and when to see whether he is back (ms). */
export const absenceTask = z.object({
  showId: documentId,
  uid: personId,
  connectedAt: epochMillis,
  dueAt: epochMillis,
});
export type AbsenceTask = z.infer<typeof absenceTask>;

/** Asks to see, once he has had the time to reconnect, whether a person is gone. */
export interface AbsenceQueue {
  enqueue(task: AbsenceTask): Promise<void>;
}

export function absenceQueue(functions: Functions): AbsenceQueue {
  const queue = functions.taskQueue<AbsenceTask>(`locations/${REGION}/functions/confirmAbsence`);
  return { enqueue: (task) => queue.enqueue(task, { scheduleTime: new Date(task.dueAt) }) };
}
