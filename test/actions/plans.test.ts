import "../browser/tellPagesOnFailure.js";
import { rewrite } from "../support/adminSide.js";
import { describeActions } from "./describeActions.js";
import { configureClients, onTheirPages } from "./scenes.js";
import { plans } from "./table/plans.js";

describeActions(
  "the demo's actions: a show before and after it is live",
  async () => {
    await configureClients({ tags: { arrayValue: { values: [{ stringValue: "jazz" }] } } });
    return onTheirPages();
  },
  plans,
  ({ endpoints }) => rewrite(endpoints, "config/client", { tags: undefined }),
);
