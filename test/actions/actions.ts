import type { Action, ShowScene } from "./action.js";
import { account } from "./table/account.js";
import { chat } from "./table/chat.js";
import { money } from "./table/money.js";
import { music } from "./table/music.js";
import { plans } from "./table/plans.js";
import { reports } from "./table/reports.js";
import { stage } from "./table/stage.js";

/** Every action of the demo that changes something on the server. */
export const actions: readonly (Action | Action<ShowScene>)[] = [
  ...stage,
  ...chat,
  ...music,
  ...plans,
  ...account,
  ...money,
  ...reports,
];
