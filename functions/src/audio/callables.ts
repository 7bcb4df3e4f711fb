import { callable } from "../callable.js";
import { livekitApiSecret } from "../config.js";
import { refreshAudio as refresh } from "./refreshAudio.js";
import * as contract from "../contract/audio.js";

export const refreshAudio = callable(contract.refreshAudio, refresh, {
  secrets: [livekitApiSecret],
});
