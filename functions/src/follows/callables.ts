import { callable } from "../callable.js";

const contract = () => import("../contract/follows.js");

export const listFollowers = callable("listFollowers", async () => ({
  contract: (await contract()).listFollowers,
  run: (await import("./listFollowers.js")).listFollowers,
}));
