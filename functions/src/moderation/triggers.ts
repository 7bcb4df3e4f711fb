import { onTime, onWrite } from "../trigger.js";

export const onBlockWritten = onWrite(
  "onBlockWritten",
  "users/{uid}/blocked/{otherUid}",
  async () => (await import("./onBlockWritten.js")).onBlockWritten,
);

/** Once a minute: completes and ends suspensions, and completes changes of admins. */
export const sweepAccounts = onTime(
  "sweepAccounts",
  "every 1 minutes",
  async () => (await import("./sweepAccounts.js")).sweepAccounts,
);
