import { onWrite } from "../trigger.js";

export const onBlockWritten = onWrite(
  "onBlockWritten",
  "users/{uid}/blocked/{otherUid}",
  async () => (await import("./onBlockWritten.js")).onBlockWritten,
);
