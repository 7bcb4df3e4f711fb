import { onWrite } from "../trigger.js";

export const onProfileWritten = onWrite(
  "onProfileWritten",
  "users/{uid}",
  async () => (await import("./onProfileWritten.js")).onProfileWritten,
);
