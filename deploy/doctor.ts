import { parseArgs } from "node:util";
import { describe } from "../local/launchError.js";
import { examineTarget } from "./doctor/examine.js";
import { examineMachine, thisToolchain } from "./doctor/machine.js";
import { isHealthy, renderFindings } from "./doctor/report.js";
import { realEdges } from "./edges.js";
import { readTarget } from "./target.js";

/** Lists what this machine lacks and, if one is named, a project: `npm run doctor -- --project staging`. */
try {
  const { values } = parseArgs({ options: { project: { type: "string" } } });
  const machine = await examineMachine(thisToolchain);
  console.log(renderFindings("This machine", machine));
  if (values.project === undefined) {
    console.log("\nNo project chosen: npm run doctor -- --project staging");
    process.exitCode = isHealthy(machine) ? 0 : 1;
  } else {
    const target = await readTarget(values.project);
    const findings = await examineTarget(realEdges(), target);
    console.log(`\n${renderFindings(`Project ${target.projectId}`, findings)}`);
    process.exitCode = isHealthy([...machine, ...findings]) ? 0 : 1;
  }
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
