import { join } from "node:path";
import { readJson } from "../files/json.js";
import { lockedFolders } from "./lockedFolders.js";
import { exceptions, licenceProblems, lockfile } from "./policy.js";

/** Checks the licences of the packages of production, as the lockfiles have them. */
const locks = await Promise.all(
  lockedFolders.map((folder) => readJson(join(folder, "package-lock.json"))),
);
const allowed = exceptions.parse(await readJson(join(import.meta.dirname, "exceptions.json")));
const problems = licenceProblems(
  locks.map((lock) => lockfile.parse(lock)),
  allowed,
);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
