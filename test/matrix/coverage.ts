import { glob, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import Mocha from "mocha";
import { root } from "../../local/files/paths.js";
import { interruption } from "../../local/process/interruption.js";
import { claimAnyRunDirectory } from "../../local/suite/runDirectory.js";
import { surround } from "../../local/testRunner/surroundings.js";
import { expressionsOf, isCovered, reportAddress } from "./ruleCoverage.js";
import { uncovered } from "./uncovered.js";

/**
 * Runs the matrix and the tests of the rules, and reads in the emulator's reports which expressions of
 * `firestore.rules` both decided for and against something. One that did not must be listed with a reason.
 */
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
  const wrong = (await runMatrix({ projectId: matrixProject })).filter(isWrong).length;
  const failed = await runTests();
  const host = surroundings.environment.FIRESTORE_EMULATOR_HOST ?? "";
  const reports = await Promise.all(
    [matrixProject, testsProject].map(async (project) => {
      await keepPage(host, project);
      const answer: unknown = await (await fetch(reportAddress(host, project, ""))).json();
      return answer;
    }),
  );
  const source = await readFile(join(root, "firestore.rules"), "utf8");
  const expressions = expressionsOf(source, reports);
  const open = expressions.filter((expression) => !isCovered(expression));
  const unlisted = open.filter(({ text }) => !Object.hasOwn(uncovered, text));
  const outdated = Object.keys(uncovered).filter(
    (text) => !open.some((each) => each.text === text),
  );
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

async function keepPage(host: string, project: string): Promise<void> {
  const folder = join(root, ".local", "rules-coverage");
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${project.includes("rules") ? "tests" : "matrix"}.html`);
  await writeFile(file, await (await fetch(reportAddress(host, project, ".html"))).text());
  console.log(file);
}
