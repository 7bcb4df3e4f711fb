import { glob, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import Mocha from "mocha";
import { root } from "../../local/files/paths.js";
import { interruption } from "../../local/process/interruption.js";
import { claimAnyRunDirectory } from "../../local/suite/runDirectory.js";
import { surround } from "../../local/testRunner/surroundings.js";
import {
  type Expression,
  expressionsOf,
  isCovered,
  pageOf,
  reportAddress,
} from "./ruleCoverage.js";
import { uncovered } from "./uncovered.js";

/**
 * Runs the tests of the rules and a sample of the matrix, and reads in the emulator's reports which expressions of
 * `firestore.rules` decided both for and against something. An expression that did not must be listed with a reason.
 * Only a sample, because the emulator reports every value of every expression, hundreds of MB for the whole matrix.
 */
const SAMPLE = 7;

const directory = await claimAnyRunDirectory("coverage");
const surroundings = await surround("firestore", {
  directory,
  signal: interruption(() => undefined),
});
Object.assign(process.env, surroundings.environment);
// The modules read the emulator's address from the environment.
const { isWrong, loadRules, prepareMatrix, runMatrix } = await import("./runMatrix.js");
const { projectId: testsProject } = await import("../support/rules/world.js");

try {
  const matrixProject = "demo-matrix";
  await loadRules(matrixProject);
  await prepareMatrix(matrixProject);
  const wrong = (await runMatrix({ projectId: matrixProject, every: SAMPLE })).filter(
    isWrong,
  ).length;
  const failed = await runTests();
  const host = surroundings.environment.FIRESTORE_EMULATOR_HOST ?? "";
  const reports: unknown[] = [];
  for (const project of [matrixProject, testsProject]) {
    reports.push(await (await fetch(reportAddress(host, project))).json());
  }
  const source = await readFile(join(root, "firestore.rules"), "utf8");
  const expressions = expressionsOf(source, reports);
  const open = expressions.filter((expression) => !isCovered(expression));
  const unlisted = open.filter(({ text }) => !Object.hasOwn(uncovered, text));
  const outdated = Object.keys(uncovered).filter(
    (text) => !open.some((each) => each.text === text),
  );
  await keepPage(open);
  for (const { line, text, values } of unlisted) {
    console.log(`firestore.rules:${line} is always ${[...values].join() || "skipped"}: ${text}`);
  }
  for (const text of outdated) console.log(`No longer uncovered, remove it from the list: ${text}`);
  if (wrong + failed > 0) console.log(`${wrong} wrong cells, ${failed} failed tests`);
  console.log(`${expressions.length - open.length} of ${expressions.length} expressions covered`);
  process.exitCode = unlisted.length + outdated.length + wrong + failed === 0 ? 0 : 1;
} finally {
  await surroundings.stop();
  await directory.release();
}
process.exit();

async function runTests(): Promise<number> {
  const mocha = new Mocha({ reporter: "dot", timeout: 60_000 });
  for await (const file of glob("test/rules/**/*.test.ts", { cwd: root })) {
    mocha.addFile(resolve(root, file));
  }
  await mocha.loadFilesAsync();
  return new Promise((settle) => {
    mocha.run(settle);
  });
}

async function keepPage(open: readonly Expression[]): Promise<void> {
  const folder = join(root, ".local", "rules-coverage");
  await mkdir(folder, { recursive: true });
  const file = join(folder, "index.html");
  await writeFile(file, pageOf(open));
  console.log(file);
}
