import { warn as logWarning } from "firebase-functions/logger";
import type { Dependencies } from "../dependencies.js";

/** A room that did not answer may answer after this (ms). */
const SOON_MS = 1_000;

/**
 * Has a show swept now, and again until that succeeds, rather than within the minute: its audio room could
 * not be told what the documents say. Never fails, because what was written stands all the same.
 */
export async function askForSweep(
  { tasks, clock }: Pick<Dependencies, "tasks" | "clock">,
  showId: string,
): Promise<void> {
  const dueAt = Math.ceil(clock.now() / SOON_MS) * SOON_MS;
  try {
    await tasks.sweepShow.enqueue({ showId }, dueAt);
  } catch (error) {
    logWarning("sweep not enqueued", { showId, error: String(error) });
  }
}
