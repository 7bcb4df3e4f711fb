import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import {
  mutantsOf,
  obsoleteAmong,
  readEquivalents,
  renderReport,
  runMutants,
} from "../../rules-mutants/src/index.js";
import { localDirectory, root } from "../../local/files/paths.js";
import { describe } from "../../local/launchError.js";
import { interruption } from "../../local/process/interruption.js";
import { withSurroundings } from "../../local/testRunner/withSurroundings.js";
import { killWith, profileTests, savedAs } from "./tests.js";
import { startWorkers, type Workers } from "./workers.js";

/**
 * Runs the rules tests against each mutant of firestore.rules. `--only <text>` keeps the mutants whose name contains
 * the text. Exits with 1 if a mutant survives that is not listed as equivalent.
 */
const JOBS = 3;
/** It runs a sample of the matrix, and the mutants run what concerns them. */
const MATRIX_TEST = "test/rules/matrix.test.ts";
const SECONDS_BETWEEN_SAVES = 10;
const recordFile = join(localDirectory, "mutants", "record.json");
const record = z.record(
  z.string(),
  z.object({ hash: z.string(), killedBy: z.string().nullable(), stamp: z.string() }),
);

const signal = interruption(() => {
  console.log("\nStopping…");
});
try {
  process.exitCode = await mutate();
} catch (error) {
  if (!signal.aborted) console.error(describe(error));
  process.exitCode = signal.aborted ? 130 : 1;
}
process.exit();

async function mutate(): Promise<number> {
  const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
  const rules = await readFile(join(root, "firestore.rules"), "utf8");
  const equivalents = readEquivalents(
    await readFile(join(import.meta.dirname, "equivalents.json"), "utf8"),
  );
  const all = mutantsOf(rules);
  const mutants = all.filter(({ id }) => id.includes(values.only));
  const files = globSync("test/rules/**/*.test.ts", {
    cwd: root,
    exclude: [MATRIX_TEST],
  }).toSorted();
  const results = await readRecord();
  const save = savedAs(recordFile);
  try {
    // The emulator keeps all values for its report, so the mutants get another one.
    const tests = await profileTests(rules, files, withWorkers, console.log);
    const report = await withWorkers(files, async (workers) => {
      let savedAt = performance.now();
      return runMutants({
        mutants,
        jobs: JOBS,
        equivalents,
        record: results,
        signal,
        stampOf: tests.stampOf,
        kill: (mutant, hint) =>
          killWith(workers, tests, { mutant, hint, isProven: mutant.id in equivalents }),
        onResult(mutant, entry, { finished, total }) {
          results[mutant.id] = entry;
          const result = entry.killedBy === null ? "survived" : "killed";
          console.log(`${finished}/${total} ${result}: ${mutant.id}`);
          if (performance.now() - savedAt < SECONDS_BETWEEN_SAVES * 1_000) return;
          savedAt = performance.now();
          void save(results);
        },
      });
    });
    const obsolete = obsoleteAmong(equivalents, all);
    for (const id of obsolete) console.log(`listed as equivalent, but no mutant: ${id}`);
    for (const line of renderReport(report)) console.log(line);
    return report.survived.length + report.refuted.length + obsolete.length === 0 ? 0 : 1;
  } finally {
    await save(results);
  }
}

/** Starts an emulator and the processes that run tests, until their use ends. */
function withWorkers<Result>(
  files: readonly string[],
  use: (workers: Workers) => Promise<Result>,
): Promise<Result> {
  return withSurroundings("firestore", { name: "mutants-run", signal }, () => {
    const workers = startWorkers(JOBS, files);
    return use(workers).finally(workers.stop);
  });
}

async function readRecord(): Promise<z.output<typeof record>> {
  const text = await readFile(recordFile, "utf8").catch(() => "{}");
  return record.parse(JSON.parse(text));
}
