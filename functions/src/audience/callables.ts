import { callable } from "../callable.js";

const contract = () => import("../contract/audience.js");

export const joinShow = callable("joinShow", async () => ({
  contract: (await contract()).joinShow,
  run: (await import("./joinShow.js")).joinShow,
}));

export const leaveShow = callable("leaveShow", async () => ({
  contract: (await contract()).leaveShow,
  run: (await import("./leaveShow.js")).leaveShow,
}));
