import { onWrite } from "../trigger.js";

export const onFollowWritten = onWrite(
  "onFollowWritten",
  "users/{uid}/following/{creatorUid}",
  async () => (await import("./onFollowWritten.js")).onFollowWritten,
);
