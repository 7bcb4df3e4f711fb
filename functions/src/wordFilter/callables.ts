import { callable } from "../callable.js";

const contract = () => import("../contract/wordFilter.js");

export const setWordFilter = callable("setWordFilter", async () => ({
  contract: (await contract()).setWordFilter,
  run: (await import("./setWordFilter.js")).setWordFilter,
}));
