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

export const unban = callable("unban", async () => ({
  contract: (await contract()).unban,
  run: (await import("./unban.js")).unban,
}));

export const setWordFilter = callable("setWordFilter", async () => ({
  contract: (await import("../contract/wordFilter.js")).setWordFilter,
  run: (await import("./setWordFilter.js")).setWordFilter,
}));

export const report = callable("report", async () => ({
  contract: (await contract()).report,
  run: (await import("./report.js")).report,
}));

const adminContract = () => import("../contract/admin.js");

export const appealDecision = callable("appealDecision", async () => ({
  contract: (await adminContract()).appealDecision,
  run: (await import("./appealDecision.js")).appealDecision,
}));

export const listReports = callable("listReports", async () => ({
  contract: (await adminContract()).listReports,
  run: (await import("./listReports.js")).listReports,
}));

export const resolveReport = callable("resolveReport", async () => ({
  contract: (await adminContract()).resolveReport,
  run: (await import("./resolveReport.js")).resolveReport,
}));

export const decideAppeal = callable("decideAppeal", async () => ({
  contract: (await adminContract()).decideAppeal,
  run: (await import("./decideAppeal.js")).decideAppeal,
}));

export const hideComment = callable("hideComment", async () => ({
  contract: (await adminContract()).hideComment,
  run: (await import("./hideComment.js")).hideComment,
}));

export const takeDownShow = callable("takeDownShow", async () => ({
  contract: (await adminContract()).takeDownShow,
  run: (await import("./takeDownShow.js")).takeDownShow,
}));

export const suspendAccount = callable("suspendAccount", async () => ({
  contract: (await adminContract()).suspendAccount,
  run: (await import("./suspendAccount.js")).suspendAccount,
}));

export const liftSuspension = callable("liftSuspension", async () => ({
  contract: (await adminContract()).liftSuspension,
  run: (await import("./liftSuspension.js")).liftSuspension,
}));

export const setAdmin = callable("setAdmin", async () => ({
  contract: (await adminContract()).setAdmin,
  run: (await import("./setAdmin.js")).setAdmin,
}));
