import { callable } from "../callable.js";

const contract = () => import("../contract/shows.js");

export const checkShow = callable("checkShow", async () => ({
  contract: (await contract()).checkShow,
  run: (await import("./checkShow.js")).checkShow,
}));

export const startShow = callable("startShow", async () => ({
  contract: (await contract()).startShow,
  run: (await import("./startShow.js")).startShow,
}));

export const endShow = callable("endShow", async () => ({
  contract: (await contract()).endShow,
  run: (await import("./endShow.js")).endShow,
}));

export const cancelShow = callable("cancelShow", async () => ({
  contract: (await contract()).cancelShow,
  run: (await import("./cancelShow.js")).cancelShow,
}));
