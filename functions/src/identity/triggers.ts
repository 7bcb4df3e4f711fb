import { onDelete } from "../trigger.js";

export const onCredentialsDeleted = onDelete(
  "onCredentialsDeleted",
  "spotifyCredentials/{uid}",
  async () => (await import("./onCredentialsDeleted.js")).onCredentialsDeleted,
);
