import { relative } from "node:path";
import Mocha from "mocha";
import type { z } from "zod";
import { root } from "../../local/files/paths.js";
import { describeCell, isWrong, prepareMatrix, runMatrix } from "../matrix/runMatrix.js";
import { type Counts, readCounts } from "../support/rules/coverageReport.js";
import { loadRules, tryRules } from "../support/rules/loadRules.js";
import { emptyWorld, projectId } from "../support/rules/world.js";
import {
  type failure,
  type killAnswer,
  type profileAnswer,
  type Question,
  question,
} from "./messages.js";
import { MATRIX } from "./matrixPaths.js";
import { type TestProfile, valuesBetween } from "./profile.js";

/**
 * Keeps the rules test files loaded, and runs chosen tests when its parent asks. Its arguments are the files. Starting a
 * process for each mutant would take longer than the tests.
 */
type Answer =
  | z.output<typeof profileAnswer>
  | z.output<typeof killAnswer>
  | z.output<typeof failure>;

/** The emulator's report grows with each request, so it is restarted after some tests. */
const TESTS_PER_REPORT = 10;

/** Load tests, which fail by themselves on a busy machine. Others test the same rules with a single account. */
const LOAD_TESTS = ["each of 200 accounts in a flood", "however many ask at that moment"];

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

process.on("message", (message) => {
  answer(question.parse(message)).then(send, (error: unknown) => {
    send({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  });
});
process.on("disconnect", () => process.exit());
process.send?.("ready");

function send(message: Answer): void {
  process.send?.(message);
}

async function answer(asked: Question): Promise<Answer> {
  if (asked.ask === "profile") return { profiles: await profile(asked.file, asked.rules) };
  const error = await tryRules(projectId, asked.rules);
  if (error !== undefined) return { killedBy: `the compiler: ${error}` };
  for (const titles of asked.batches) {
    const killedBy = await run(titles);
    if (killedBy !== undefined) return { killedBy };
  }
  const wrong = await wrongCell(asked.rules, asked.paths);
  return wrong === undefined ? {} : { killedBy: `${MATRIX} › ${wrong}` };
}

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
    failed ??= `${fileOf(test)} › ${test.fullTitle()}`;
  });
  return promise;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function fileOf(test: Mocha.Runnable): string {
  return relative(root, test.file ?? "").replaceAll("\\", "/");
}
