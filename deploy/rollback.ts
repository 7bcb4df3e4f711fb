import { parseArgs } from "node:util";
import { describe, LaunchError } from "../local/launchError.js";
import { realEdges } from "./edges.js";
import { rollBack } from "./steps/rollBack.js";
import { readTarget } from "./target.js";

/** Goes back to an earlier deployment: `npm run rollback -- --project staging [--to <tag>] [--yes]`. */
try {
  const { values } = parseArgs({
    options: {
      project: { type: "string" },
      to: { type: "string" },
      yes: { type: "boolean", default: false },
    },
  });
  if (values.project === undefined) {
    throw new LaunchError("Which project? npm run rollback -- --project staging");
  }
  const target = await readTarget(values.project);
  const isRestored = await rollBack(realEdges(), target, {
    isConfirmed: values.yes,
    to: values.to,
  });
  process.exitCode = isRestored ? 0 : 1;
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
