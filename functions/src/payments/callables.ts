import { callable } from "../callable.js";

const contract = () => import("../contract/support.js");

export const openSupportAccount = callable("openSupportAccount", async () => ({
  contract: (await contract()).openSupportAccount,
  run: (await import("./openSupportAccount.js")).openSupportAccount,
}));

export const supportAccountStatus = callable("supportAccountStatus", async () => ({
  contract: (await contract()).supportAccountStatus,
  run: (await import("./supportAccountStatus.js")).supportAccountStatus,
}));

export const openSupportDashboard = callable("openSupportDashboard", async () => ({
  contract: (await contract()).openSupportDashboard,
  run: (await import("./openSupportDashboard.js")).openSupportDashboard,
}));

export const supportCreator = callable("supportCreator", async () => ({
  contract: (await contract()).supportCreator,
  run: (await import("./supportCreator.js")).supportCreator,
}));

export const refundSupport = callable("refundSupport", async () => ({
  contract: (await contract()).refundSupport,
  run: (await import("./refundSupport.js")).refundSupport,
}));
