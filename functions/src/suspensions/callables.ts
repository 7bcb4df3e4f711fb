import { callable } from "../callable.js";

const contract = () => import("../contract/suspensions.js");

export const liftSuspension = callable("liftSuspension", async () => ({
  contract: (await contract()).liftSuspension,
  run: (await import("./liftSuspension.js")).liftSuspension,
}));
