import { callable } from "../callable.js";
import { livekitApiSecret } from "../config.js";
import { joinShow as join } from "./joinShow.js";
import { leaveShow as leave } from "./leaveShow.js";
import * as contract from "../contract/audience.js";

const withAudio = { secrets: [livekitApiSecret] };

export const joinShow = callable(contract.joinShow, join, withAudio);
export const leaveShow = callable(contract.leaveShow, leave, withAudio);
