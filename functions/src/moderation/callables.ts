import { callable } from "../callable.js";
import { livekitApiSecret } from "../config.js";
import { muteSpeaker as mute } from "./muteSpeaker.js";
import { removeParticipant as remove } from "./removeParticipant.js";
import { report as file } from "./report.js";
import * as contract from "../contract/moderation.js";
import { unban as lift } from "./unban.js";

const withAudio = { secrets: [livekitApiSecret] };

export const muteSpeaker = callable(contract.muteSpeaker, mute, withAudio);
export const removeParticipant = callable(contract.removeParticipant, remove, withAudio);
export const unban = callable(contract.unban, lift);
export const report = callable(contract.report, file);
