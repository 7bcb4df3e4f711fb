import { onTime } from "../trigger.js";

/** Once a minute: begins the deletions that are due, and continues those that were interrupted. */
export const sweepDeletions = onTime(
  "sweepDeletions",
  "every 1 minutes",
  async () => (await import("./sweepDeletions.js")).sweepDeletions,
);
