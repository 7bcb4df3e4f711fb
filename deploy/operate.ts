import { parseArgs } from "node:util";
import { describe, LaunchError } from "../local/launchError.js";
import { realEdges } from "./edges.js";
import { applyBackups } from "./operate/applyBackups.js";
import { applyMonitoring } from "./operate/applyMonitoring.js";
import { readTarget } from "./target.js";

/** Applies the files in `operate/` to a project, and is safe to repeat: `npm run operate:apply -- --project staging`. */
try {
  const { values } = parseArgs({ options: { project: { type: "string" } } });
  if (values.project === undefined) {
    throw new LaunchError("Which project? npm run operate:apply -- --project staging");
  }
  const target = await readTarget(values.project);
  const edges = realEdges();
  await applyMonitoring(edges, target);
  await applyBackups(edges, target);
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
