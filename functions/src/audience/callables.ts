import { callable } from "../callable.js";
import { joinShow as join } from "./joinShow.js";
import { leaveShow as leave } from "./leaveShow.js";
import * as contract from "./schema.js";

export const joinShow = callable(contract.joinShow, join);
export const leaveShow = callable(contract.leaveShow, leave);
