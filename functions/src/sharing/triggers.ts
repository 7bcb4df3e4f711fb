import { onHttp } from "../trigger.js";

export const share = onHttp("share", async () => (await import("./share.js")).share);
