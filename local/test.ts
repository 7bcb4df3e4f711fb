import { interruption } from "./process/interruption.js";
import { describe } from "./launchError.js";
import { claimAnyRunDirectory } from "./suite/runDirectory.js";
import { runChecks } from "./testRunner/checks.js";
import { runMocha } from "./testRunner/runMocha.js";
import { type Lane, lanesFor, PartQueue } from "./testRunner/lanes.js";
import { leaksIn } from "./testRunner/leaks.js";
import { lackOf, leaveOut } from "./testRunner/leftOut.js";
import { extrasOf, needsOf } from "./testRunner/parts.js";
import { type Plan, type PlannedPart, planOf } from "./testRunner/plan.js";
import { brokenPart, inOrder, type PartResult } from "./testRunner/results.js";
import { renderSummary, totalsOf } from "./testRunner/summary.js";
import {
  nothing,
  runningElsewhere,
  surround,
  type Surroundings,
} from "./testRunner/surroundings.js";
import { Turns } from "./testRunner/turns.js";

const started = performance.now();
const signal = interruption(() => {
  console.log("\nStopping…");
});

try {
  const results = await run(await planOf(process.argv.slice(2)));
  const seconds = (performance.now() - started) / 1_000;
  console.log(renderSummary(results, seconds));
  process.exitCode = totalsOf(results).failed === 0 ? 0 : 1;
} catch (error) {
  if (!signal.aborted) console.error(describe(error));
  process.exitCode = signal.aborted ? 130 : 1;
}
// Open handles of a suite in this process must not keep it alive.
process.exit();

async function run(plan: Plan): Promise<readonly PartResult[]> {
  const turns = new Turns((text) => process.stdout.write(text));
  const queue = new PartQueue(plan.parts);
  const lanes = lanesFor(plan, { isShared: runningElsewhere() !== undefined });
  const results: PartResult[] = [];
  const check = async (): Promise<void> => {
    const turn = turns.begin();
    turn.write("check\n");
    results.push(await runChecks(signal, turn.write).finally(turn.end));
    signal.throwIfAborted();
  };
  const finished = await Promise.allSettled(
    lanes.map((lane, index) =>
      runLane(
        lane,
        queue,
        turns,
        results,
        plan.checks && index === lanes.length - 1 ? check : undefined,
      ),
    ),
  );
  for (const lane of finished) if (lane.status === "rejected") throw lane.reason;
  return inOrder(results, ["check", ...plan.parts.map(({ part }) => part.name)]);
}

/** Runs a lane's parts one after the other. Its suite starts while parts without a suite run. */
async function runLane(
  lane: Lane,
  queue: PartQueue,
  turns: Turns,
  results: PartResult[],
  first?: () => Promise<void>,
): Promise<void> {
  const directory = await claimAnyRunDirectory("test");
  const needing = queue.waitingFor(lane).filter(hasTests);
  const parts = needing.map(({ part }) => part);
  const extras = extrasOf(parts);
  const starting = settle(surround(needsOf(parts), { directory, signal, extras }));
  let isExplained = false;
  const runPart = async (planned: PlannedPart): Promise<PartResult> => {
    const { name, needs } = planned.part;
    const { surroundings, error } =
      needs === "nothing" ? { surroundings: nothing } : await starting;
    signal.throwIfAborted();
    if (surroundings === undefined) {
      const reason = isExplained ? "Not run, for the same reason." : `Not run: ${describe(error)}`;
      isExplained = true;
      return brokenPart(name, 0, reason);
    }
    const turn = turns.begin();
    const { write } = turn;
    const { environment } = surroundings;
    const options = { directory: directory.path, environment, signal, write };
    await surroundings.empty();
    const lack = hasTests(planned) ? lackOf(planned.part, surroundings) : undefined;
    const running =
      lack === undefined ? runMocha(planned, options) : leaveOut(planned, lack, options);
    const result = await running.finally(turn.end);
    const leaks = needs === "nothing" ? [] : await leaksIn(directory.path);
    return { ...result, failures: [...result.failures, ...leaks] };
  };
  try {
    await first?.();
    for (let next = queue.takeFor(lane); next !== undefined; next = queue.takeFor(lane)) {
      results.push(await runPart(next));
      signal.throwIfAborted();
    }
  } finally {
    await (await starting).surroundings?.stop();
    await directory.release();
  }
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
