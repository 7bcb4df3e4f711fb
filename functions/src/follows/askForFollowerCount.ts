import { followerIntervalMs } from "../contract/followerIntervals.js";
import type { Dependencies } from "../dependencies.js";

/**
 * Requests a count of a creator's followers at the end of this interval, which grows with their number so far.
 * However many people follow within one interval, they cause one task.
 */
export async function askForFollowerCount(
  { tasks, clock }: Pick<Dependencies, "tasks" | "clock">,
  uid: string,
  followers: number,
): Promise<void> {
  const intervalMs = followerIntervalMs(followers);
  const dueAt = (Math.floor(clock.now() / intervalMs) + 1) * intervalMs;
  await tasks.countFollowers.enqueue({ uid }, dueAt);
}
