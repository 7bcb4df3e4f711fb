import { onTime } from "../trigger.js";

/** Once an hour: cancels what nobody started and deletes what has been kept long enough. */
export const expireData = onTime(
  "expireData",
  "every 60 minutes",
  async () => (await import("./expireData.js")).expireData,
);
