import type { Dependencies } from "../dependencies.js";

/**
 * Requests a publication of the feed at the end of this interval, because something that it shows has changed.
 * However many requests arrive within one interval, they cause one task.
 */
export async function askForFeed(
  deps: Pick<Dependencies, "tasks" | "clock" | "audienceIntervalMs" | "digestIntervalMs">,
  showId: string,
): Promise<void> {
  const intervalMs = Math.min(deps.audienceIntervalMs, deps.digestIntervalMs);
  const dueAt = (Math.floor(deps.clock.now() / intervalMs) + 1) * intervalMs;
  await deps.tasks.publishFeed.enqueue({ showId }, dueAt);
}
