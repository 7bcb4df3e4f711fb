import { withSurroundings } from "../../local/testRunner/withSurroundings.js";

/** Executes the whole authorisation matrix. The last line says how many cells there are, and how many are wrong. */
await withSurroundings("suite", { name: "matrix" }, async () => {
  const { loadRules } = await import("../support/rules/loadRules.js");
  const { describeCell, isWrong, prepareMatrix, runMatrix } = await import("./runMatrix.js");
  const { describeCall, isWrongCall, runCalls } = await import("./callables/runCalls.js");
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
});
process.exit();
