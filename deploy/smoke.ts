import { parseArgs } from "node:util";
import { describe } from "../local/launchError.js";
import { readEndpoints, startEndpointsFile } from "../local/suite/endpoints.js";
import { realEdges } from "./edges.js";
import { localSite } from "./smoke/localSite.js";
import { smoke } from "./smoke/smoke.js";
import { PATIENCE_MS, smokeTarget } from "./smoke/smokeTarget.js";
import { readTarget } from "./target.js";

/** A show from start to end, on the suite of `npm start` or, with `--project staging`, on a deployed project. */
try {
  const { values } = parseArgs({ options: { project: { type: "string" } } });
  const edges = realEdges();
  const result =
    values.project === undefined
      ? await smoke(
          localSite(await readEndpoints(process.env.AMBIENT_ENDPOINTS ?? startEndpointsFile)),
          { ...edges, patienceMs: PATIENCE_MS },
        )
      : await smokeTarget(edges, await readTarget(values.project));
  process.exitCode = result === "failed" ? 1 : 0;
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
// Open handles of Firebase's SDK must not keep the process alive.
process.exit();
