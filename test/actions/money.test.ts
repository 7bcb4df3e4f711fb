import "../browser/tellPagesOnFailure.js";
import { offerSupport } from "../support/offerSupport.js";
import { describeActions } from "./describeActions.js";
import { onTheirPages } from "./scenes.js";
import { money } from "./table/money.js";

describeActions(
  "the demo's actions: money",
  async () => {
    const scene = await onTheirPages("#/account");
    await offerSupport(scene.endpoints);
    return scene;
  },
  money,
  ({ endpoints }) => offerSupport(endpoints, false),
);
