import type { Clock } from "./clock.js";

/** The most that a task which came too early waits, and keeps others from running (ms). */
const LONGEST_WAIT_MS = 3_000;

/**
 * Cloud Tasks delivers when a task is due, its emulator at once. Waits until then where that is soon, and
 * rejects where it is not: the emulator then brings the task again, later and later.
 */
export async function untilDue(clock: Clock, dueAt: number): Promise<void> {
  const early = dueAt - clock.now();
  if (early > LONGEST_WAIT_MS) throw new Error(`the task is due in ${early} ms only`);
  await clock.sleep(Math.max(0, early));
}
