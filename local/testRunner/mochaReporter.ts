import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { type MochaResults, RESULTS_VARIABLE } from "./results.js";

/** What `spec` shows, and the same as a file, so that several runs can be added up. */
export default class MochaReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const failures: MochaResults["failures"][number][] = [];
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (test, error: unknown) => {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      failures.push({ title: test.fullTitle(), file: test.file ?? "", reason });
    });
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const file = process.env[RESULTS_VARIABLE];
      if (file === undefined) return;
      const { passes, pending } = this.stats;
      const results: MochaResults = { passed: passes, skipped: pending, failures };
      writeFileSync(file, JSON.stringify(results));
    });
  }
}
