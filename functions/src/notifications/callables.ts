import { callable } from "../callable.js";

const contract = () => import("../contract/notifications.js");

export const registerDevice = callable("registerDevice", async () => ({
  contract: (await contract()).registerDevice,
  run: (await import("./registerDevice.js")).registerDevice,
}));

export const unregisterDevice = callable("unregisterDevice", async () => ({
  contract: (await contract()).unregisterDevice,
  run: (await import("./unregisterDevice.js")).unregisterDevice,
}));
