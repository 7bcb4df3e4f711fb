import { callable } from "../callable.js";
import { livekitApiSecret, spotifyClientSecret, spotifyCredentialKeys } from "../config.js";
import { cancelShow as cancel } from "./cancelShow.js";
import { checkShow as check } from "./checkShow.js";
import { endShow as end } from "./endShow.js";
import * as contract from "../contract/shows.js";
import { startShow as start } from "./startShow.js";

const withAudio = { secrets: [livekitApiSecret] };

export const checkShow = callable(contract.checkShow, check, {
  secrets: [livekitApiSecret, spotifyClientSecret, spotifyCredentialKeys],
});
export const startShow = callable(contract.startShow, start, withAudio);
export const endShow = callable(contract.endShow, end, withAudio);
export const cancelShow = callable(contract.cancelShow, cancel);
