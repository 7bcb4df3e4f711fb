import "../browser/tellPagesOnFailure.js";
import { offerSupport } from "../support/offerSupport.js";
import { runningSuite } from "../support/suite.js";
import { describeActions } from "./describeActions.js";
import { onTheirPages } from "./scenes.js";
import { money } from "./table/money.js";

describeActions(
  "the demo's actions: money",
  async () => {
    // Before pages listen: the emulator's listeners may miss a document that begins to exist.
    await offerSupport(await runningSuite());
    return onTheirPages("#/account");
  },
  money,
  ({ endpoints }) => offerSupport(endpoints, false),
);
