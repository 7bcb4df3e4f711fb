import type { Dependencies } from "../dependencies.js";
import { isRefusal } from "../errors.js";
import { log } from "../log.js";

/** How long to wait before another attempt, in ms, if a room did not answer. */
const SOON_MS = 1_000;

/**
 * Has a show swept at once, and again until that succeeds, because its audio room could not be updated. Once in
 * `intervalMs`, however many calls ask. Never fails, because the documents are already right.
 */
export async function askForSweep(
  deps: Pick<Dependencies, "tasks" | "clock">,
  showId: string,
  intervalMs = SOON_MS,
): Promise<void> {
  try {
    await enqueueSweep(deps, showId, intervalMs);
  } catch (error) {
    log("WARNING", "sweep not enqueued", { showId, error: String(error) });
  }
}

/**
 * Updates LiveKit after a call's change is committed, and asks for the sweep if that fails. The
 * call succeeds even if LiveKit does not answer.
 */
export async function nowOrBySweep(
  deps: Pick<Dependencies, "tasks" | "clock">,
  showId: string,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await askForSweep(deps, showId);
    if (!isRefusal(error, "AUDIO_UNAVAILABLE")) throw error;
  }
}

/**
 * For an event: if LiveKit does not answer, the sweep handles it, and the event need not be delivered again. If the
 * sweep cannot be enqueued, or after any other error, this rejects and the event is retried.
 */
export async function nowOrEnqueued(
  deps: Pick<Dependencies, "tasks" | "clock">,
  showId: string,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isRefusal(error, "AUDIO_UNAVAILABLE")) throw error;
    await enqueueSweep(deps, showId);
  }
}

async function enqueueSweep(
  { tasks, clock }: Pick<Dependencies, "tasks" | "clock">,
  showId: string,
  intervalMs = SOON_MS,
): Promise<void> {
  const dueAt = Math.ceil(clock.now() / intervalMs) * intervalMs;
  await tasks.sweepShow.enqueue({ showId }, dueAt);
}
