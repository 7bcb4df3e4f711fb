import {
  INSTRUMENTER_CONSTANTS,
  type InstrumenterContext,
  type schema,
} from "@stryker-mutator/api/core";
import type { Ignorer } from "@stryker-mutator/api/ignore";
import { declareClassPlugin, declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";
import type { Reporter } from "@stryker-mutator/api/report";
import {
  determineHitLimitReached,
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { glob } from "node:fs/promises";
import { dirname, relative } from "node:path";
import Mocha from "mocha";
import { z } from "zod";

/** The tests of the mutated modules, in Stryker's copy of the project. */
const TESTS = [
  "functions/test/{audience,audio,contract,feed,limits,payments,shows,songRequests,stage}/*.test.ts",
  "functions/test/music/plays.test.ts",
  "client/test/{discover,follow,music}/*.test.ts",
];
const EXCLUDED = [
  "**/*.{audio,emulator,outage}.test.ts",
  // These start local servers.
  "functions/test/audio/livekitRooms.test.ts",
  "functions/test/payments/stripe.test.ts",
  "client/test/follow/followerAtSpotify.test.ts",
];

declare global {
  /** Instrumented code reads the active mutant here, and counts what each test reaches. */
  var __stryker__: InstrumenterContext | undefined;
}

const SILENT = class extends Mocha.reporters.Base {};

/** Stryker's own runner does not know mocha 12. This one loads the tests once and runs them for each mutant. */
class MochaRunner implements TestRunner {
  readonly #context = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
  #mocha: Mocha | undefined;

  capabilities(): TestRunnerCapabilities {
    // A mutant in code that runs while a module loads needs a new process.
    return { reloadEnvironment: false };
  }

  async dryRun(_options: DryRunOptions): Promise<DryRunResult> {
    const result = await this.#run(await this.#all(), /.*/, false);
    const { mutantCoverage } = this.#context;
    return result.status === DryRunStatus.Complete && mutantCoverage
      ? { ...result, mutantCoverage }
      : result;
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, hitLimit, mutantActivation, sandboxFileName, testFilter } = options;
    if (hitLimit !== undefined) Object.assign(this.#context, { hitLimit, hitCount: 0 });
    if (mutantActivation === "runtime") {
      const mocha = await this.#all();
      this.#context.activeMutant = activeMutant.id;
      return this.#judge(await this.#run(mocha, testFilter ? patternOf(testFilter) : /.*/, true));
    }
    // The mutant must be active while the modules load. The tests beside the module kill most, and loading only those is
    // much faster.
    this.#context.activeMutant = activeMutant.id;
    const folder = dirname(relative("", sandboxFileName)).replace("/src", "/test");
    const files = await testFiles();
    const groups = Object.groupBy(files, (file) => (dirname(file) === folder ? "near" : "far"));
    let result: MutantRunResult = { status: MutantRunStatus.Survived, nrOfTests: 0 };
    for (const group of [groups.near ?? [], groups.far ?? []]) {
      try {
        result = this.#judge(await this.#run(await load(group), /.*/, true));
      } catch (error) {
        return { status: MutantRunStatus.Error, errorMessage: String(error) };
      }
      if (result.status !== MutantRunStatus.Survived) break;
    }
    return result;
  }

  #judge(result: DryRunResult): MutantRunResult {
    const { hitCount, hitLimit } = this.#context;
    return toMutantRunResult(determineHitLimitReached(hitCount, hitLimit) ?? result);
  }

  async #all(): Promise<Mocha> {
    return (this.#mocha ??= await load(await testFiles()));
  }

  async #run(mocha: Mocha, grep: RegExp, stopsAtFailure: boolean): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    await new Promise<void>((resolve) => {
      const runner = mocha.grep(grep).run(() => {
        resolve();
      });
      runner.on("test", (test) => {
        this.#context.currentTestId = test.fullTitle();
      });
      runner.on("pass", (test) => {
        const name = test.fullTitle();
        const timeSpentMs = test.duration ?? 0;
        // By the file, the next run knows which tests have changed.
        const file = test.file === undefined ? {} : { fileName: test.file };
        tests.push({ id: name, name, status: TestStatus.Success, timeSpentMs, ...file });
      });
      runner.on("fail", (test, error: Error) => {
        const name = test.fullTitle();
        const failureMessage = error.message;
        tests.push({ id: name, name, status: TestStatus.Failed, timeSpentMs: 0, failureMessage });
        if (stopsAtFailure) runner.abort();
      });
    });
    return { status: DryRunStatus.Complete, tests };
  }
}

async function testFiles(): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob(TESTS, { exclude: EXCLUDED })) files.push(file);
  return files.sort();
}

async function load(files: readonly string[]): Promise<Mocha> {
  const mocha = new Mocha({ timeout: 0, reporter: SILENT });
  mocha.cleanReferencesAfterRun(false);
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  return mocha;
}

function patternOf(names: readonly string[]): RegExp {
  const escaped = names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`));
  return new RegExp(`^(${escaped.join("|")})$`);
}

const methodArgument = z.object({
  listKey: z.literal("arguments"),
  key: z.number(),
  parent: z.object({ callee: z.object({ property: z.object({ name: z.string() }) }) }),
});
const schemaOfDocument = z.object({
  key: z.literal("init"),
  parent: z.object({ id: z.object({ name: z.string().endsWith("Document") }) }),
});
const propertyOfCallable = z.object({
  node: z.object({ type: z.literal("ObjectProperty"), key: z.object({ name: z.string() }) }),
  parentPath: z.object({
    parent: z.object({ callee: z.object({ name: z.literal("defineCallable") }) }),
  }),
});

/** Without an emulator, only the contract's requests are tested. */
const restOfContract: Ignorer = {
  shouldIgnore(path) {
    const argument = methodArgument.safeParse(path).data;
    if (argument) {
      const { name } = argument.parent.callee.property;
      const isMessage = argument.key === 1 && ["regex", "refine"].includes(name);
      if (isMessage || ["describe", "meta"].includes(name)) return "for people";
    }
    const property = propertyOfCallable.safeParse(path).data?.node.key.name;
    if (property !== undefined && property !== "request") return "for the reference";
    if (schemaOfDocument.safeParse(path).success) return "parsed by the tests on the emulator";
    return undefined;
  },
};

/** Prints the score as the last line. */
class Score implements Reporter {
  #line = "";

  onMutationTestReportReady(
    _report: schema.MutationTestResult,
    { systemUnderTestMetrics }: Parameters<NonNullable<Reporter["onMutationTestReportReady"]>>[1],
  ): void {
    const { mutationScore, totalDetected, totalValid } = systemUnderTestMetrics.metrics;
    this.#line = `Mutation score: ${mutationScore.toFixed(1)} % (${totalDetected} of ${totalValid} mutants)`;
  }

  wrapUp(): void {
    process.stdout.write(`${this.#line}\n`);
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, "mocha12", MochaRunner),
  declareValuePlugin(PluginKind.Ignore, "restOfContract", restOfContract),
  declareClassPlugin(PluginKind.Reporter, "score", Score),
];
