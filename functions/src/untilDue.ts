import type { Clock } from "./clock.js";

/** The most that a task which came too early waits before it is put back (ms). */
const LONGEST_WAIT_MS = 20_000;

/**
 * Cloud Tasks delivers when a task is due, its emulator at once. Waits until then; false where that is
 * too long for one function: the task has to be put back.
 */
export async function untilDue(clock: Clock, dueAt: number): Promise<boolean> {
  const early = dueAt - clock.now();
  await clock.sleep(Math.min(Math.max(0, early), LONGEST_WAIT_MS));
  return early <= LONGEST_WAIT_MS;
}
