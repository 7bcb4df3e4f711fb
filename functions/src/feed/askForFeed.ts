import type { Dependencies } from "../dependencies.js";

/**
 * Asks for the feed to be published at the end of this interval, in which something has changed that it
 * shows. However many ask within one interval, it is one task.
 */
export async function askForFeed(
  deps: Pick<Dependencies, "tasks" | "clock" | "audienceIntervalMs" | "digestIntervalMs">,
  showId: string,
): Promise<void> {
  const intervalMs = Math.min(deps.audienceIntervalMs, deps.digestIntervalMs);
  const dueAt = (Math.floor(deps.clock.now() / intervalMs) + 1) * intervalMs;
  await deps.tasks.publishFeed.enqueue({ showId }, dueAt);
}
