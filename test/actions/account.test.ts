import "../browser/tellPagesOnFailure.js";
import { describeActions } from "./describeActions.js";
import { configureClients, onTheirPages } from "./scenes.js";
import { account } from "./table/account.js";

describeActions(
  "the demo's actions: a person's own pages",
  async () => {
    await configureClients();
    return onTheirPages("#/", "#/account");
  },
  account,
);
