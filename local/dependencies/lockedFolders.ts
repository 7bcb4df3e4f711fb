import { join } from "node:path";
import { functionsDirectory, root } from "../files/paths.js";

/** The folders with a lockfile of their own. */
export const lockedFolders = [root, functionsDirectory, join(root, "example/mobile")];
