import { callable } from "../callable.js";

const contract = () => import("../contract/stage.js");

export const decideSpeakRequest = callable("decideSpeakRequest", async () => ({
  contract: (await contract()).decideSpeakRequest,
  run: (await import("./decideSpeakRequest.js")).decideSpeakRequest,
}));

export const setRole = callable("setRole", async () => ({
  contract: (await contract()).setRole,
  run: (await import("./setRole.js")).setRole,
}));

export const acceptInvitation = callable("acceptInvitation", async () => ({
  contract: (await contract()).acceptInvitation,
  run: (await import("./acceptInvitation.js")).acceptInvitation,
}));

export const setStageMode = callable("setStageMode", async () => ({
  contract: (await contract()).setStageMode,
  run: (await import("./setStageMode.js")).setStageMode,
}));
