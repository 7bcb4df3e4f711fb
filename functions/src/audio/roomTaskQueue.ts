import type { Functions } from "firebase-admin/functions";
import { warn as logWarning } from "firebase-functions/logger";
import { z } from "zod";
import { REGION } from "../contract/region.js";
import { documentId, personId } from "../contract/fields.js";
import type { Dependencies } from "../dependencies.js";

/** What to put right in an audio room: one person's rights, or with `uid` null everything. */
export const roomTask = z.object({ showId: documentId, uid: personId.nullable() });
export type RoomTask = z.infer<typeof roomTask>;

/** Asks for an audio room to be put right, with retries until it is. */
export interface RoomTaskQueue {
  enqueue(task: RoomTask): Promise<void>;
}

export function roomTaskQueue(functions: Functions): RoomTaskQueue {
  const queue = functions.taskQueue<RoomTask>(`locations/${REGION}/functions/convergeRoom`);
  return { enqueue: (task) => queue.enqueue(task) };
}

/**
 * Never fails: what was written stands all the same, and the trigger on that document asks as well,
 * and then the sweep.
 */
export async function askForConvergence(
  deps: Pick<Dependencies, "roomTasks">,
  task: RoomTask,
): Promise<void> {
  try {
    await deps.roomTasks.enqueue(task);
  } catch (error) {
    logWarning("room task not queued", { ...task, error: String(error) });
  }
}
