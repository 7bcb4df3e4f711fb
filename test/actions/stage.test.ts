import "../browser/tellPagesOnFailure.js";
import { describeActions } from "./describeActions.js";
import { endShow, inLiveShow } from "./scenes.js";
import { stage } from "./table/stage.js";

describeActions("the demo's actions: the stage", () => inLiveShow("Night drive"), stage, endShow);
