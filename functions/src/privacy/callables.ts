import { callable } from "../callable.js";

const contract = () => import("../contract/privacy.js");

export const deleteAccount = callable("deleteAccount", async () => ({
  contract: (await contract()).deleteAccount,
  run: (await import("./deleteAccount.js")).deleteAccount,
}));

export const cancelDeletion = callable("cancelDeletion", async () => ({
  contract: (await contract()).cancelDeletion,
  run: (await import("./cancelDeletion.js")).cancelDeletion,
}));

export const exportAccount = callable("exportAccount", async () => ({
  contract: (await contract()).exportAccount,
  run: (await import("./exportAccount.js")).exportAccount,
}));
