import { relative } from "node:path";
import Mocha from "mocha";
import { root } from "../../local/files/paths.js";
import { carryOutOrders, on } from "../../local/process/orders/carryOut.js";
import { describeCell, isWrong, prepareMatrix, runMatrix } from "../matrix/runMatrix.js";
import { type Counts, readCounts } from "../support/rules/coverageReport.js";
import { loadRules, tryRules } from "../support/rules/loadRules.js";
import { emptyWorld, projectId } from "../support/rules/world.js";
import { nameOf } from "./killer.js";
import { MATRIX } from "./matrixPaths.js";
import { orders } from "./orders.js";
import { type TestProfile, valuesBetween } from "./profile.js";

/** The emulator's report grows with each request, so it is restarted after some tests. */
const TESTS_PER_REPORT = 10;

/** Load tests, which fail by themselves on a busy machine. Others test the same rules with a single account. */
const LOAD_TESTS = ["each of 60 accounts in a flood", "however many ask at that moment"];

/**
 * Keeps the rules test files loaded, and runs chosen tests as its parent orders. Its arguments are the files. Starting a
 * process for each mutant would take longer than the tests.
 */
class Silent extends Mocha.reporters.Base {}

let afterEachTest: ((test: Mocha.Runnable) => Promise<void>) | undefined;
const mocha = new Mocha({ bail: true, timeout: 120_000, reporter: Silent });
mocha.cleanReferencesAfterRun(false);
mocha.rootHooks({
  async afterEach(this: Mocha.Context) {
    if (this.currentTest !== undefined) await afterEachTest?.(this.currentTest);
  },
});
process.argv.slice(2).forEach((file) => mocha.addFile(file));
await mocha.loadFilesAsync();
// The first test would load the real rules.
await emptyWorld();

on(orders.profile, ({ file, rules }) => profile(file, rules));
on(orders.kill, async ({ rules, batches, paths }) => {
  const error = await tryRules(projectId, rules);
  if (error !== undefined) return `the compiler: ${error}`;
  for (const titles of batches) {
    const failed = await run(titles);
    if (failed !== undefined) return failed;
  }
  const wrong = await wrongCell(rules, paths);
  return wrong === undefined ? null : nameOf({ file: MATRIX, title: wrong });
});
carryOutOrders();

const matrixProject = `${projectId}-matrix`;
let prepared: Promise<void> | undefined;

/** The first cell of the matrix that these rules answer wrongly. */
async function wrongCell(rules: string, paths: readonly string[]): Promise<string | undefined> {
  if (paths.length === 0) return undefined;
  await loadRules(matrixProject, rules);
  await (prepared ??= prepareMatrix(matrixProject));
  const options = { projectId: matrixProject, only: paths, stopsAtWrong: true } as const;
  const wrong = (await runMatrix(options)).find(isWrong);
  return wrong && describeCell(wrong);
}

async function profile(file: string, rules: string): Promise<TestProfile[]> {
  const profiles: TestProfile[] = [];
  const titles: string[] = [];
  mocha.suite.eachTest((test: Mocha.Test) => {
    const title = test.fullTitle();
    if (fileOf(test) === file && !LOAD_TESTS.some((part) => title.includes(part)))
      titles.push(title);
  });
  let counts: Counts = new Map();
  afterEachTest = async (test) => {
    if (fileOf(test) !== file) return;
    const later = await readCounts(projectId);
    profiles.push({ file, title: test.fullTitle(), values: valuesBetween(counts, later) });
    counts = later;
    if (profiles.length % TESTS_PER_REPORT !== 0) return;
    await loadRules(projectId, rules);
    counts = new Map();
  };
  await loadRules(projectId, rules);
  const failed = await run(titles);
  afterEachTest = undefined;
  if (failed !== undefined) throw new Error(`The unchanged rules fail a test: ${failed}`);
  return profiles;
}

/** Runs the tests with these titles until one fails, and returns that one. */
function run(titles: readonly string[]): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  let failed: string | undefined;
  mocha.grep(new RegExp(`^(?:${titles.map(escaped).join("|")})$`));
  const runner = mocha.run(() => {
    resolve(failed);
  });
  runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test: Mocha.Runnable) => {
    failed ??= nameOf({ file: fileOf(test), title: test.fullTitle() });
  });
  return promise;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function fileOf(test: Mocha.Runnable): string {
  return relative(root, test.file ?? "").replaceAll("\\", "/");
}
