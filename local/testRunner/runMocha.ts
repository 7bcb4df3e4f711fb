import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readJson } from "../files/json.js";
import { packageFile, root } from "../files/paths.js";
import { startInBackground } from "../process/backgroundProcess.js";
import type { PlannedPart } from "./plan.js";
import { brokenPart, mochaResults, type PartResult, RESULTS_VARIABLE } from "./results.js";

export interface MochaRunOptions {
  /** Where the results go. */
  readonly directory: string;
  /** Where the suite is, for the tests. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** One part's tests in a process of its own. */
export async function runMocha(
  { part, files }: PlannedPart,
  options: MochaRunOptions,
): Promise<PartResult> {
  console.log(`\n${part.name}`);
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1_000;
  if (files.length === 0) return brokenPart(part.name, 0, "There is no test.");
  const resultsFile = join(options.directory, `${part.name}.results.json`);
  await rm(resultsFile, { force: true });
  const { exited } = startInBackground(process.execPath, mochaArguments(files), {
    cwd: root,
    env: {
      ...process.env,
      ...options.environment,
      [RESULTS_VARIABLE]: resultsFile,
    },
    signal: options.signal,
    onOutput(text) {
      process.stdout.write(text);
    },
  });
  const { code, signal } = await exited;
  const written = mochaResults.safeParse(await readJson(resultsFile).catch(() => undefined));
  if (!written.success) {
    return brokenPart(
      part.name,
      elapsed(),
      `Mocha ended without results (${signal ?? code ?? ""}).`,
    );
  }
  const results = written.data;
  if (results.passed + results.skipped + results.failures.length === 0) {
    return brokenPart(part.name, elapsed(), "There is no test in these files.");
  }
  if (code !== 0 && results.failures.length === 0) {
    return brokenPart(part.name, elapsed(), `Mocha ended with ${signal ?? code ?? ""}.`);
  }
  return { ...results, name: part.name, seconds: elapsed() };
}

function mochaArguments(files: readonly string[]): readonly string[] {
  const inCi = process.env.CI !== undefined && process.env.CI !== "";
  return [
    "--import=tsx",
    packageFile("mocha", "bin/mocha.js"),
    // Output goes through a pipe: colour only where the person would see it.
    process.stdout.isTTY ? "--color" : "--no-color",
    ...(inCi ? ["--forbid-only"] : []),
    ...files,
  ];
}
