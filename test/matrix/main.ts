import { interruption } from "../../local/process/interruption.js";
import { claimAnyRunDirectory } from "../../local/suite/runDirectory.js";
import { surround } from "../../local/testRunner/surroundings.js";

/** Executes the whole authorization matrix. The last line says how many cells there are, and how many are wrong. */
const directory = await claimAnyRunDirectory("matrix");
const surroundings = await surround("suite", { directory, signal: interruption(() => undefined) });
Object.assign(process.env, surroundings.environment);
// The modules read the emulators' addresses from the environment.
const { loadRules } = await import("../support/rules/loadRules.js");
const { describeCell, isWrong, prepareMatrix, runMatrix } = await import("./runMatrix.js");
const { describeCall, isWrongCall, runCalls } = await import("./callables/runCalls.js");

try {
  const projectId = "demo-matrix";
  await loadRules(projectId);
  await prepareMatrix(projectId);
  const cells = await runMatrix({ projectId });
  const wrong = cells.filter(isWrong).map(describeCell);
  console.log(`${cells.length} cells of the rules, ${wrong.length} wrong`);
  const calls = await runCalls();
  wrong.push(...calls.filter(isWrongCall).map(describeCall));
  for (const line of wrong) console.log(line);
  console.log(`${cells.length + calls.length} cells, ${wrong.length} wrong`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await surroundings.stop();
  await directory.release();
}
process.exit();
