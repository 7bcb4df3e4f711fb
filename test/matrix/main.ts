import { interruption } from "../../local/process/interruption.js";
import { claimAnyRunDirectory } from "../../local/suite/runDirectory.js";
import { surround } from "../../local/testRunner/surroundings.js";

/** Executes the whole authorization matrix. The last line says how many cells there are, and how many are wrong. */
const directory = await claimAnyRunDirectory("matrix");
const surroundings = await surround("firestore", {
  directory,
  signal: interruption(() => undefined),
});
Object.assign(process.env, surroundings.environment);
// The modules read the emulator's address from the environment.
const { describeCell, isWrong, loadRules, prepareMatrix, runMatrix } =
  await import("./runMatrix.js");

try {
  const projectId = "demo-matrix";
  await loadRules(projectId);
  await prepareMatrix(projectId);
  const cells = await runMatrix({ projectId });
  const wrong = cells.filter(isWrong);
  for (const cell of wrong) console.log(describeCell(cell));
  console.log(`${cells.length} cells, ${wrong.length} wrong`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await surroundings.stop();
  await directory.release();
}
process.exit();
