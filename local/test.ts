import { interruption } from "./process/interruption.js";
import { describe } from "./launchError.js";
import { claimAnyRunDirectory, type RunDirectory } from "./suite/runDirectory.js";
import { runChecks } from "./testRunner/checks.js";
import { runMocha } from "./testRunner/runMocha.js";
import { lackOf, leaveOut } from "./testRunner/leftOut.js";
import { extrasOf, needsOf } from "./testRunner/parts.js";
import { type Plan, type PlannedPart, planOf } from "./testRunner/plan.js";
import { brokenPart, type PartResult } from "./testRunner/results.js";
import { renderSummary, totalsOf } from "./testRunner/summary.js";
import { nothing, surround, type Surroundings } from "./testRunner/surroundings.js";

const signal = interruption(() => {
  console.log("\nStopping…");
});

try {
  const plan = await planOf(process.argv.slice(2));
  const directory = await claimAnyRunDirectory("test");
  const results = await run(plan, directory).finally(() => directory.release());
  console.log(renderSummary(results));
  process.exitCode = totalsOf(results).failed === 0 ? 0 : 1;
} catch (error) {
  if (!signal.aborted) console.error(describe(error));
  process.exitCode = signal.aborted ? 130 : 1;
}
// Whatever a suite left open in this process must not keep it.
process.exit();

/** The suite comes up while the checks and the unit tests, which do without it, run. */
async function run(plan: Plan, directory: RunDirectory): Promise<readonly PartResult[]> {
  const alone = plan.parts.filter(({ part }) => part.needs === "nothing");
  const surrounded = plan.parts.filter(({ part }) => part.needs !== "nothing");
  const needing = surrounded.filter(hasTests).map(({ part }) => part);
  const extras = extrasOf(needing);
  const starting = settle(surround(needsOf(needing), { directory, signal, extras }));
  const results: PartResult[] = [];
  const runPart = async (planned: PlannedPart, around: Surroundings): Promise<void> => {
    const options = { directory: directory.path, environment: around.environment, signal };
    await around.empty();
    const lack = hasTests(planned) ? lackOf(planned.part, around) : undefined;
    results.push(
      await (lack === undefined ? runMocha(planned, options) : leaveOut(planned, lack, options)),
    );
    signal.throwIfAborted();
  };
  try {
    if (plan.checks) {
      console.log("check");
      results.push(await runChecks(directory.path, signal));
      signal.throwIfAborted();
    }
    for (const planned of alone) await runPart(planned, nothing);
    const { surroundings, error } = await starting;
    signal.throwIfAborted();
    let reason = `Not run: ${describe(error)}`;
    for (const planned of surrounded) {
      if (surroundings !== undefined) {
        await runPart(planned, surroundings);
      } else {
        results.push(brokenPart(planned.part.name, 0, reason));
        reason = "Not run, for the same reason.";
      }
    }
  } finally {
    await (await starting).surroundings?.stop();
  }
  return results;
}

function hasTests({ files }: PlannedPart): boolean {
  return files.length > 0;
}

async function settle(
  starting: Promise<Surroundings>,
): Promise<{ readonly surroundings?: Surroundings; readonly error?: unknown }> {
  try {
    return { surroundings: await starting };
  } catch (error) {
    return { error };
  }
}
