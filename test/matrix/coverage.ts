import { glob, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import Mocha from "mocha";
import { root } from "../../local/files/paths.js";
import { withSurroundings } from "../../local/testRunner/withSurroundings.js";
import type { Counts } from "../support/rules/coverageReport.js";
import { expressionsOf, isCovered, onlyValueOf, pageOf, totalsOf } from "./ruleCoverage.js";

/** The emulator keeps every value of every expression for its report. */
const TESTS_PER_REPORT = 50;

/**
 * Runs the tests of the rules and the whole matrix, and reads in the emulator's reports which expressions of
 * `firestore.rules` had both values. Exits with 1 if one did not.
 */
await withSurroundings("firestore", { name: "coverage" }, async () => {
  const { isWrong, prepareMatrix, runMatrix } = await import("./runMatrix.js");
  const { rows } = await import("./rows/rows.js");
  const { loadRules } = await import("../support/rules/loadRules.js");
  const { projectId: testsProject } = await import("../support/rules/world.js");
  const { readCounts } = await import("../support/rules/coverageReport.js");
  const reports: Counts[] = [];
  const projectId = "demo-matrix";
  await prepareMatrix(projectId);
  let wrong = 0;
  for (const path of new Set(rows.map((row) => row.path))) {
    // Loading the rules starts a new report.
    await loadRules(projectId);
    const cells = await runMatrix({ projectId, only: [path] });
    wrong += cells.filter(isWrong).length;
    reports.push(await readCounts(projectId));
    console.log(`${path}: ${cells.length} cells`);
  }
  const failed = await runTests(async () => {
    reports.push(await readCounts(testsProject));
    await loadRules(testsProject);
  });
  const source = await readFile(join(root, "firestore.rules"), "utf8");
  const expressions = expressionsOf(source, reports);
  const open = expressions.filter((expression) => !isCovered(expression));
  await keepPage(pageOf(source, expressions));
  for (const each of open) {
    console.log(`firestore.rules:${each.line} ${onlyValueOf(each)}: ${each.text}`);
  }
  if (wrong + failed > 0) console.log(`${wrong} wrong cells, ${failed} failed tests`);
  console.log(totalsOf(expressions));
  process.exitCode = open.length + wrong + failed === 0 ? 0 : 1;
});
process.exit();

/** Runs the tests of the rules. Returns how many failed. */
async function runTests(afterSome: () => Promise<void>): Promise<number> {
  const mocha = new Mocha({ reporter: "dot", timeout: 60_000 });
  let ran = 0;
  mocha.rootHooks({
    async afterEach() {
      ran += 1;
      if (ran % TESTS_PER_REPORT === 0) await afterSome();
    },
    afterAll: afterSome,
  });
  for await (const file of glob("test/rules/**/*.test.ts", { cwd: root })) {
    mocha.addFile(resolve(root, file));
  }
  await mocha.loadFilesAsync();
  return new Promise((settle) => {
    mocha.run(settle);
  });
}

async function keepPage(page: string): Promise<void> {
  const folder = join(root, ".local", "rules-coverage");
  await mkdir(folder, { recursive: true });
  const file = join(folder, "index.html");
  await writeFile(file, page);
  console.log(file);
}
