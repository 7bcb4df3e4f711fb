import { writeFileSync } from "node:fs";
import { inspect } from "node:util";
import Mocha from "mocha";
import { type MochaResults, RESULTS_VARIABLE } from "./results.js";

/** Mocha's `spec` output, plus a file with the results, so that several runs can be added up. */
export default class MochaReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const failed: { readonly test: Mocha.Runnable; readonly error: unknown }[] = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, error: unknown) => {
      failed.push({ test, error });
    });
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const file = process.env[RESULTS_VARIABLE];
      if (file === undefined) return;
      const { passes, pending } = this.stats;
      // Wait for the end: a hook after a test may add details to its error.
      const failures = failed.map(({ test, error }) => ({
        title: test.fullTitle(),
        file: test.file ?? "",
        reason: reasonOf(error),
      }));
      const results: MochaResults = { passed: passes, skipped: pending, failures };
      writeFileSync(file, JSON.stringify(results));
    });
  }
}

/** From another process, an error arrives as a plain object. */
function reasonOf(error: unknown): string {
  if (typeof error === "object" && error !== null) {
    for (const name of ["stack", "message"]) {
      const text: unknown = Reflect.get(error, name);
      if (typeof text === "string") return text;
    }
  }
  return inspect(error);
}
