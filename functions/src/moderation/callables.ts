import { callable } from "../callable.js";

const contract = () => import("../contract/moderation.js");

export const muteSpeaker = callable("muteSpeaker", async () => ({
  contract: (await contract()).muteSpeaker,
  run: (await import("./muteSpeaker.js")).muteSpeaker,
}));

export const removeParticipant = callable("removeParticipant", async () => ({
  contract: (await contract()).removeParticipant,
  run: (await import("./removeParticipant.js")).removeParticipant,
}));

export const hideComments = callable("hideComments", async () => ({
  contract: (await contract()).hideComments,
  run: (await import("./hideComments.js")).hideComments,
}));

export const unban = callable("unban", async () => ({
  contract: (await contract()).unban,
  run: (await import("./unban.js")).unban,
}));
