import { parseArgs } from "node:util";
import { describe, LaunchError } from "../local/launchError.js";
import { realEdges } from "./edges.js";
import { restore } from "./operate/restore.js";
import { readTarget } from "./target.js";

/** Restores an export into an empty project: `npm run restore -- --project <alias> --from gs://<bucket>/<folder>`. */
try {
  const { values } = parseArgs({
    options: { project: { type: "string" }, from: { type: "string" } },
  });
  if (values.project === undefined || values.from === undefined) {
    throw new LaunchError(
      "From where, and into which project? npm run restore -- --project <alias> --from gs://<bucket>/<folder>",
    );
  }
  const { projectId } = await readTarget(values.project);
  await restore(realEdges(), { projectId, from: values.from });
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
