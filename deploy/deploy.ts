import { parseArgs } from "node:util";
import { describe, LaunchError } from "../local/launchError.js";
import { realEdges } from "./edges.js";
import { smokeTarget } from "./smoke/smokeTarget.js";
import { deployTo } from "./steps/deployTo.js";
import { functionsOf, stepsOf } from "./steps/plan.js";
import { readTarget } from "./target.js";

/** Deploys the current commit: `npm run deploy -- --project staging [--dry-run] [--yes] [--from functions:hosts] [--older]`. */
try {
  const { values } = parseArgs({
    options: {
      "project": { type: "string" },
      "dry-run": { type: "boolean", default: false },
      "yes": { type: "boolean", default: false },
      "from": { type: "string" },
      "older": { type: "boolean", default: false },
    },
  });
  const isDryRun = values["dry-run"];
  if (values.project === undefined) {
    if (!isDryRun) throw new LaunchError("Which project? npm run deploy -- --project staging");
    console.log(renderSteps());
    console.log("\nNo project chosen: npm run deploy -- --dry-run --project staging");
  } else {
    const target = await readTarget(values.project);
    const edges = realEdges();
    const isDeployed = await deployTo(edges, target, {
      isDryRun,
      isConfirmed: values.yes,
      from: values.from,
      mayBeOlder: values.older,
      smoke: () => smokeTarget(edges, target),
    });
    process.exitCode = isDeployed ? 0 : 1;
  }
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
// Open handles of Firebase's SDK must not keep the process alive.
process.exit();

/** What a deployment to any project does. */
function renderSteps(): string {
  const steps = stepsOf([]).map(({ name, args }) => {
    const count = functionsOf(name.replace("functions:", "")).length;
    const what =
      count > 0
        ? `${count} functions`
        : (args?.slice(2).join(" ") ?? "those that the code no longer has");
    return `  ${name.padEnd(20)} ${what}`;
  });
  return ["A deployment's steps, after the doctor and a confirmation", ...steps, "  smoke"].join(
    "\n",
  );
}
