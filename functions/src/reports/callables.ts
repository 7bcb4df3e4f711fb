import { callable } from "../callable.js";

const contract = () => import("../contract/reports.js");

export const report = callable("report", async () => ({
  contract: (await contract()).report,
  run: (await import("./report.js")).report,
}));

export const appealDecision = callable("appealDecision", async () => ({
  contract: (await contract()).appealDecision,
  run: (await import("./appealDecision.js")).appealDecision,
}));

export const listReports = callable("listReports", async () => ({
  contract: (await contract()).listReports,
  run: (await import("./listReports.js")).listReports,
}));

export const resolveReport = callable("resolveReport", async () => ({
  contract: (await contract()).resolveReport,
  run: (await import("./resolveReport.js")).resolveReport,
}));

export const decideAppeal = callable("decideAppeal", async () => ({
  contract: (await contract()).decideAppeal,
  run: (await import("./decideAppeal.js")).decideAppeal,
}));

export const hideComment = callable("hideComment", async () => ({
  contract: (await contract()).hideComment,
  run: (await import("./hideComment.js")).hideComment,
}));

export const takeDownShow = callable("takeDownShow", async () => ({
  contract: (await contract()).takeDownShow,
  run: (await import("./takeDownShow.js")).takeDownShow,
}));

export const suspendAccount = callable("suspendAccount", async () => ({
  contract: (await import("../contract/suspensions.js")).suspendAccount,
  run: (await import("./suspendAccount.js")).suspendAccount,
}));
