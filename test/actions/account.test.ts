import "../browser/tellPagesOnFailure.js";
import { rewrite } from "../support/adminSide.js";
import { describeActions } from "./describeActions.js";
import { onTheirPages } from "./scenes.js";
import { account } from "./table/account.js";

const version = { stringValue: "1.0.0" };

describeActions(
  "the demo's actions: a person's own pages",
  async () => {
    const scene = await onTheirPages("#/", "#/account");
    await rewrite(scene.endpoints, "config/client", {
      minVersions: { mapValue: { fields: { ios: version, android: version, web: version } } },
      features: { mapValue: {} },
    });
    return scene;
  },
  account,
);
