import { parseArgs } from "node:util";
import { describe, LaunchError } from "../local/launchError.js";
import { realEdges } from "./edges.js";
import { applyOperate } from "./operate/apply.js";
import { readTarget } from "./target.js";

/** Applies the files in `operate/` to a project: `npm run operate:apply -- --project staging`. */
try {
  const { values } = parseArgs({ options: { project: { type: "string" } } });
  if (values.project === undefined) {
    throw new LaunchError("Which project? npm run operate:apply -- --project staging");
  }
  await applyOperate(realEdges(), await readTarget(values.project));
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
