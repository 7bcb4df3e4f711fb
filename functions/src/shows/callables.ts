import { callable } from "../callable.js";
import { cancelShow as cancel } from "./cancelShow.js";
import { endShow as end } from "./endShow.js";
import * as contract from "./schema.js";
import { startShow as start } from "./startShow.js";

export const startShow = callable(contract.startShow, start);
export const endShow = callable(contract.endShow, end);
export const cancelShow = callable(contract.cancelShow, cancel);
