import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readJson } from "../files/json.js";
import { packageFile, root } from "../files/paths.js";
import { type Exit, startInBackground } from "../process/backgroundProcess.js";
import { inCi } from "./inCi.js";
import type { PlannedPart } from "./plan.js";
import {
  brokenPart,
  type MochaResults,
  mochaResults,
  type PartResult,
  RESULTS_VARIABLE,
} from "./results.js";

export interface MochaRunOptions {
  /** The folder of the results file. */
  readonly directory: string;
  /** The variables that describe the suite to the tests. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  write(text: string): void;
}

/** Runs one part's tests in their own process. */
export async function runMocha(
  { part, files }: PlannedPart,
  options: MochaRunOptions,
): Promise<PartResult> {
  options.write(`\n${part.name}\n`);
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1_000;
  if (files.length === 0) return brokenPart(part.name, 0, "There is no test.");
  const { exit, results } = await mocha({ part, files }, options, [], (text) => {
    options.write(text);
  });
  const end = exit.signal ?? exit.code ?? "";
  if (results === undefined) {
    return brokenPart(part.name, elapsed(), `Mocha ended without results (${end}).`);
  }
  if (results.passed + results.skipped + results.failures.length === 0) {
    return brokenPart(part.name, elapsed(), "There is no test in these files.");
  }
  if (exit.code !== 0 && results.failures.length === 0) {
    return brokenPart(part.name, elapsed(), `Mocha ended with ${end}.`);
  }
  return { ...results, name: part.name, seconds: elapsed() };
}

/** Counts a part's tests without running them. Undefined if its files cannot be loaded here. */
export async function countTests(
  planned: PlannedPart,
  options: MochaRunOptions,
): Promise<number | undefined> {
  const { results } = await mocha(planned, options, ["--dry-run"], () => undefined);
  return results && results.passed + results.skipped;
}

async function mocha(
  { part, files }: PlannedPart,
  { directory, environment, signal }: MochaRunOptions,
  more: readonly string[],
  onOutput: (text: string) => void,
): Promise<{ readonly exit: Exit; readonly results: MochaResults | undefined }> {
  const resultsFile = join(directory, `${part.name}.results.json`);
  await rm(resultsFile, { force: true });
  const { exited } = startInBackground(
    process.execPath,
    [
      "--import=tsx",
      packageFile("mocha", "lib/cli/cli.js"),
      // The output goes through a pipe, so request colour only if the user would see it.
      process.stdout.isTTY ? "--color" : "--no-color",
      ...(inCi() ? ["--forbid-only"] : []),
      ...(part.timeoutMilliseconds === undefined ? [] : [`--timeout=${part.timeoutMilliseconds}`]),
      ...(part.jobs === undefined ? [] : ["--parallel", `--jobs=${part.jobs}`]),
      ...more,
      ...files,
    ],
    {
      cwd: root,
      env: { ...process.env, ...environment, [RESULTS_VARIABLE]: resultsFile },
      signal,
      onOutput,
    },
  );
  const exit = await exited;
  const written = mochaResults.safeParse(await readJson(resultsFile).catch(() => undefined));
  return { exit, results: written.data };
}
