import { onHttp } from "../trigger.js";

export const audioWebhook = onHttp(
  "audioWebhook",
  async () => (await import("./audioWebhook.js")).audioWebhook,
);
