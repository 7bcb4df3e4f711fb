import { warn as logWarning } from "firebase-functions/logger";
import type { Dependencies } from "../dependencies.js";

/**
 * Whoever comes or goes asks for the count himself, so that it does not hang on the trigger's event:
 * that one may be late or lost, and for the other asks with retries where the queue does not answer
 * now. Asking twice is one task.
 */
export async function askForRecount(
  deps: Pick<Dependencies, "clock" | "recounts">,
  showId: string,
): Promise<void> {
  try {
    await deps.recounts.enqueue(showId, deps.clock.now());
  } catch (error) {
    // He has joined or left all the same.
    logWarning("recount not queued", { showId, error: String(error) });
  }
}
