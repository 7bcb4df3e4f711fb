import "../browser/tellPagesOnFailure.js";
import { rewrite } from "../support/adminSide.js";
import { describeActions } from "./describeActions.js";
import { onTheirPages } from "./scenes.js";
import { plans } from "./table/plans.js";

const version = { stringValue: "1.0.0" };

describeActions(
  "the demo's actions: a show before and after it is live",
  async () => {
    const scene = await onTheirPages();
    await rewrite(scene.endpoints, "config/client", {
      minVersions: { mapValue: { fields: { ios: version, android: version, web: version } } },
      features: { mapValue: {} },
      tags: { arrayValue: { values: [{ stringValue: "jazz" }] } },
    });
    return scene;
  },
  plans,
  ({ endpoints }) => rewrite(endpoints, "config/client", { tags: undefined }),
);
