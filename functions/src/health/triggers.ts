import { onHttp } from "../trigger.js";

export const health = onHttp("health", async () => (await import("./health.js")).health());
