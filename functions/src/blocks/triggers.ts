import { onTime, onWrite } from "../trigger.js";

export const onBlockWritten = onWrite(
  "onBlockWritten",
  "users/{uid}/blocked/{otherUid}",
  async () => (await import("./onBlockWritten.js")).onBlockWritten,
);

/** Once an hour: carries out recent blocks whose event was lost. */
export const sweepBlocks = onTime(
  "sweepBlocks",
  "every 60 minutes",
  async () => (await import("./sweepBlocks.js")).sweepBlocks,
);
