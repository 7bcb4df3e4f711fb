import { onTime } from "../trigger.js";

/** Once a minute: completes and ends suspensions, and completes changes of admins. */
export const sweepAccounts = onTime(
  "sweepAccounts",
  "every 1 minutes",
  async () => (await import("./sweepAccounts.js")).sweepAccounts,
);
