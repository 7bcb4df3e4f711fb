import "../browser/tellPagesOnFailure.js";
import { describeActions } from "./describeActions.js";
import { endShow, inLiveShow } from "./scenes.js";
import { music } from "./table/music.js";

describeActions("the demo's actions: music", () => inLiveShow("Night drive"), music, endShow);
