import { warn as logWarning } from "firebase-functions/logger";
import type { Dependencies } from "../dependencies.js";
import { isRefusal } from "../errors.js";

/** A room that did not answer may answer after this (ms). */
const SOON_MS = 1_000;

/**
 * Has a show swept now, and again until that succeeds, rather than within the minute: its audio room could
 * not be told what the documents say. Once in `intervalMs`, however many ask. Never fails, because what was written
 * stands all the same.
 */
export async function askForSweep(
  deps: Pick<Dependencies, "tasks" | "clock">,
  showId: string,
  intervalMs = SOON_MS,
): Promise<void> {
  try {
    await enqueueSweep(deps, showId, intervalMs);
  } catch (error) {
    logWarning("sweep not enqueued", { showId, error: String(error) });
  }
}

/**
 * For the end of a call whose change stands in the documents: does what LiveKit has to be told now, and
 * asks for the sweep where that fails. A LiveKit that does not answer is no failure of the call.
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
 * For an event: if LiveKit does not answer, the sweep follows it, and the event need not come again. If the
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
