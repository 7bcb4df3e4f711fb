import { callable } from "../callable.js";

const contract = () => import("../contract/admins.js");

export const setAdmin = callable("setAdmin", async () => ({
  contract: (await contract()).setAdmin,
  run: (await import("./setAdmin.js")).setAdmin,
}));
