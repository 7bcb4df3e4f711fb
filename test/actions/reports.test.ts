import "../browser/tellPagesOnFailure.js";
import { phoneOf } from "../../local/clientApp/ambient.js";
import { setAdminClaim } from "../support/adminSide.js";
import { runningSuite } from "../support/suite.js";
import { uidOf } from "./action.js";
import { describeActions } from "./describeActions.js";
import { onTheirPages } from "./scenes.js";
import { reports } from "./table/reports.js";

const BEN = uidOf("creator-ben");

describeActions(
  "the demo's actions: reports",
  async () => {
    const endpoints = await runningSuite();
    // An account must exist before it can get the claim.
    const [ben, cleo, dan] = await Promise.all([
      phoneOf(endpoints, "creator-ben"),
      phoneOf(endpoints, "creator-cleo"),
      phoneOf(endpoints, "listener-dan"),
    ]);
    await setAdminClaim(endpoints, BEN, true);
    await dan.ambient.report("Reported by the test of the actions", { uid: cleo.uid });
    await Promise.all([ben, cleo, dan].map((phone) => phone.close()));
    return onTheirPages("#/moderation", "#/account");
  },
  reports,
  ({ endpoints }) => setAdminClaim(endpoints, BEN, false),
);
