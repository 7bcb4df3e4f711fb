import "../browser/tellPagesOnFailure.js";
import { rewrite } from "../support/adminSide.js";
import { runningSuite } from "../support/suite.js";
import { describeActions } from "./describeActions.js";
import { onTheirPages } from "./scenes.js";
import { account } from "./table/account.js";

const version = { stringValue: "1.0.0" };

describeActions(
  "the demo's actions: a person's own pages",
  async () => {
    // Before pages listen: the emulator's listeners may miss a document that begins to exist.
    await rewrite(await runningSuite(), "config/client", {
      minVersions: { mapValue: { fields: { ios: version, android: version, web: version } } },
      features: { mapValue: {} },
    });
    return onTheirPages("#/", "#/account");
  },
  account,
);
