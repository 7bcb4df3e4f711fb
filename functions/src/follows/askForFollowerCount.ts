import { followerIntervalMs } from "../contract/followerIntervals.js";
import type { Dependencies } from "../dependencies.js";

/**
 * Asks for a creator's followers to be counted at the end of this interval, which grows with their number so far. However
 * many follow within one interval, it is one task.
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
