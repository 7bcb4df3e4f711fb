import { parseArgs } from "node:util";
import { interruption } from "../../local/process/interruption.js";
import { claimAnyRunDirectory } from "../../local/suite/runDirectory.js";
import { surround } from "../../local/testRunner/surroundings.js";

/**
 * Runs the model of the show against the emulators and a real LiveKit: `--runs` runs of at most `--steps` steps (about 40
 * on average by default), `--jobs` side by side. A counterexample is shrunk and printed as a script of calls, with the command that replays it.
 */
const { values } = parseArgs({
  options: {
    "runs": { type: "string", default: "500" },
    "steps": { type: "string", default: "46" },
    "jobs": { type: "string", default: "4" },
    "seed": { type: "string" },
    "path": { type: "string" },
    "replay-path": { type: "string" },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const isReplay = values.path !== undefined;
const jobs = isReplay ? 1 : Number(values.jobs);
const runs = Number(values.runs);
const steps = Number(values.steps);

const signal = interruption(() => {
  console.log("\nStopping…");
});
const directory = await claimAnyRunDirectory("model");
const surroundings = await surround("suite", { directory, signal, extras: new Set(["livekit"]) });
let failed = false;
try {
  if (surroundings.missing.livekit !== undefined) throw new Error(surroundings.missing.livekit);
  Object.assign(process.env, surroundings.environment);
  // The Admin SDK reads the emulators' addresses from the environment when it is loaded.
  const { openModel } = await import("./openModel.js");
  const model = await openModel();
  const started = performance.now();
  let finished = 0;
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => {
      reject(new Error("interrupted"));
    });
  });
  const running = Promise.all(
    Array.from({ length: jobs }, (_, job) =>
      model.run({
        seed: seed + job,
        runs: Math.ceil(runs / jobs),
        steps,
        path: values.path,
        replayPath: values["replay-path"],
        onViolation(violation) {
          console.log(`Shrinking a script: ${violation}`);
        },
        onRun() {
          finished += 1;
          if (finished % 20 === 0) console.log(`${finished} runs`);
        },
      }),
    ),
  );
  const reports = await Promise.race([running, interrupted]);
  await model.close();
  const counterexamples = reports.flatMap(({ counterexample }) => counterexample ?? []);
  for (const counterexample of counterexamples) console.log(`\n${counterexample}\n`);
  const total = (of: "runs" | "steps" | "spoken") =>
    reports.reduce((sum, report) => sum + report[of], 0);
  const minutes = ((performance.now() - started) / 60_000).toFixed(1);
  const mean = Math.round(total("steps") / total("runs"));
  console.log(
    `${total("runs")} runs of ${mean} steps (${total("steps")} in all, ${total("spoken")} times somebody began to speak) in ${minutes} min, ${counterexamples.length} violations, seed ${seed}`,
  );
  failed = counterexamples.length > 0;
} finally {
  await surroundings.stop();
  await directory.release();
}
process.exit(failed ? 1 : 0);
