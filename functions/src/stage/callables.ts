import { callable } from "../callable.js";
import { livekitApiSecret } from "../config.js";
import { acceptInvitation as accept } from "./acceptInvitation.js";
import { decideSpeakRequest as decide } from "./decideSpeakRequest.js";
import * as contract from "../contract/stage.js";
import { setRole as set } from "./setRole.js";
import { setStageMode as setMode } from "./setStageMode.js";

const withAudio = { secrets: [livekitApiSecret] };

export const decideSpeakRequest = callable(contract.decideSpeakRequest, decide, withAudio);
export const setRole = callable(contract.setRole, set, withAudio);
export const acceptInvitation = callable(contract.acceptInvitation, accept, withAudio);
export const setStageMode = callable(contract.setStageMode, setMode, withAudio);
