import "../browser/tellPagesOnFailure.js";
import { describeActions } from "./describeActions.js";
import { endShow, inLiveShow } from "./scenes.js";
import { chat } from "./table/chat.js";

describeActions(
  "the demo's actions: the chat and the settings",
  () => inLiveShow("Night drive"),
  chat,
  endShow,
);
