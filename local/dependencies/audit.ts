import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseJson, readJson } from "../files/json.js";
import { lockedFolders } from "./lockedFolders.js";
import { auditProblems, auditReport, exceptions } from "./policy.js";

/** Asks npm for advisories on the packages of production. Needs the network, so only CI runs it. */
const allowed = exceptions.parse(await readJson(join(import.meta.dirname, "exceptions.json")));
const today = new Date().toISOString().slice(0, 10);
const problems = lockedFolders.flatMap((folder) => {
  // It exits with 1 when it finds something.
  const { stdout } = spawnSync("npm", ["audit", "--json", "--omit=dev", "--package-lock-only"], {
    cwd: folder,
    encoding: "utf8",
  });
  const report = auditReport.safeParse(parseJson(stdout));
  if (!report.success) throw new Error(`npm audit failed: ${stdout}`);
  return auditProblems(report.data, allowed, today);
});
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
