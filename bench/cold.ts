import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { glob, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { functionTable } from "../functions/src/functionOptions.js";
import { functionsDirectory } from "../local/files/paths.js";
import { interruption } from "../local/process/interruption.js";
import { buildFunctions } from "../local/suite/functionsBuild.js";
import { functionsParams } from "../local/suite/functionsEnvironment.js";
import { choosePorts } from "../local/suite/ports.js";
import { withSurroundings } from "../local/testRunner/withSurroundings.js";
import { areReached, atMost, type Goal } from "./goals.js";
import { percentile } from "./samples.js";

const SAMPLES = 9;
/** Enough to see which functions load more than they need. */
const SAMPLES_WITHOUT_GOAL = 2;
const GOAL = 1.3;
/** Functions for which a user waits in front of an empty screen. */
const goals = new Set(["joinShow", "serverTime", "refreshAudio", "signInWithSpotify"]);
/** Functions whose first answer needs only Firestore, and what they answer about a show that does not exist. */
const answering = ["joinShow"];
const UNKNOWN_SHOW = "SHOW_NOT_FOUND";

/** The smallest possible callable with Firestore. */
const BARE = `
import { getApps, initializeApp } from "firebase-admin/app";
import { getFirestore } from "firebase-admin/firestore";
import { onCall } from "firebase-functions/https";
const firestore = getFirestore(getApps()[0] ?? initializeApp());
export const bare = onCall(async ({ data }) => {
  const show = await firestore.doc("shows/" + data.showId).get();
  return { exists: show.exists };
});
`;

const run = promisify(execFile);
const sampleSchema = z.object({ milliseconds: z.number(), modules: z.number() });
type Sample = z.infer<typeof sampleSchema>;

/** A start to measure: a function of an entry file, and what it answers to a first call, if it gets one. */
interface Start {
  readonly entry: string;
  readonly name: string;
  readonly answer?: string;
}

/**
 * Cold starts of each function in a fresh Node process, compared with a minimal callable with
 * Firestore, and with the same code compiled file by file and loaded completely. Modules are the
 * files that Node loads. Milliseconds run from the first import until everything is loaded that an
 * instance loads before its first request, or until the first call is answered. Prints tables and the goals that are
 * missed, and the same as JSON in the last line. Exits with 1 if a goal is missed.
 */
const signal = interruption(() => undefined);
// No service but Firestore is called, so it does not matter which ports these name.
const params = functionsParams(choosePorts({}), { audienceIntervalSeconds: 5, sound: false });
// Node resolves packages from here, as it does from the bundle.
const baselines = join(functionsDirectory, ".cold");
await withSurroundings("firestore", { name: "bench", signal }, async () => {
  await buildFunctions(signal);
  const bundle = join(functionsDirectory, "lib", "index.js");
  const bare = await bareBaseline();
  const eager = await eagerBaseline();

  const names = Object.keys(functionTable);
  const starts = new Map<string, Start>([
    ["bare onCall with Firestore", { entry: bare, name: "bare" }],
    ["everything, eagerly", { entry: eager, name: "joinShow" }],
    ...names.map((name): [string, Start] => [name, { entry: bundle, name }]),
  ]);
  const firstAnswers = new Map<string, Start>([
    [
      "bare onCall with Firestore",
      { entry: bare, name: "bare", answer: JSON.stringify({ exists: false }) },
    ],
    ["everything, eagerly", { entry: eager, name: "joinShow", answer: UNKNOWN_SHOW }],
    ...answering.map((name): [string, Start] => [
      name,
      { entry: bundle, name, answer: UNKNOWN_SHOW },
    ]),
  ]);
  const started = await measure(starts);
  console.log("\nUntil an instance is ready for its first request");
  console.table(rowsOf(started));
  const answered = await measure(firstAnswers);
  console.log("\nUntil the first call is answered");
  console.table(rowsOf(answered));
  areReached([...goalsOf("ready", started), ...goalsOf("first answer", answered)], (line) => {
    console.log(line);
  });
  console.log(JSON.stringify({ started, answered }));
}).finally(() => {
  rmSync(baselines, { recursive: true, force: true });
});
process.exit();

async function bareBaseline(): Promise<string> {
  await mkdir(baselines, { recursive: true });
  const entry = join(baselines, "bare.mjs");
  await writeFile(entry, BARE);
  return entry;
}

/** The sources compiled one by one, with an entry that loads all of them. */
async function eagerBaseline(): Promise<string> {
  const compiled = join(baselines, "eager");
  const tsc = join(functionsDirectory, "node_modules", "typescript", "bin", "tsc");
  await run(process.execPath, [
    tsc,
    ...["--project", functionsDirectory, "--noEmit", "false", "--outDir", compiled],
    ...["--rootDir", functionsDirectory],
  ]);
  const sources = join(compiled, "src");
  const imports: string[] = [];
  for await (const file of glob("**/*.js", { cwd: sources })) {
    imports.push(`import ${JSON.stringify(`./src/${file}`)};`);
  }
  const entry = join(compiled, "everything.js");
  await writeFile(entry, [...imports, 'export * from "./src/index.js";'].join("\n"));
  return entry;
}

interface Cold {
  readonly modules: number;
  readonly medianMs: number;
  readonly timesBare: number;
}

/** Measures the starts in turns, so that a slow moment of the machine affects all of them. */
async function measure(starts: ReadonlyMap<string, Start>): Promise<Record<string, Cold>> {
  const times = new Map<string, number[]>([...starts.keys()].map((label) => [label, []]));
  // The first round only fills the disk cache.
  for (let round = 0; round <= SAMPLES; round += 1) {
    console.log(`round ${round} of ${SAMPLES}`);
    for (const [label, start] of starts) {
      const hasNoGoal = label in functionTable && !goals.has(label);
      if (hasNoGoal && round > SAMPLES_WITHOUT_GOAL) continue;
      const { milliseconds } = await sample("time", start);
      if (round > 0) times.get(label)?.push(milliseconds);
    }
  }
  const median = (label: string) => percentile(times.get(label) ?? [], 0.5);
  const [bare = ""] = starts.keys();
  const rows: Record<string, Cold> = {};
  for (const [label, start] of starts) {
    rows[label] = {
      modules: (await sample("count", start)).modules,
      medianMs: Math.round(median(label)),
      timesBare: Math.round((median(label) / median(bare)) * 100) / 100,
    };
  }
  return rows;
}

async function sample(what: "time" | "count", { entry, name, answer }: Start): Promise<Sample> {
  const script = join(import.meta.dirname, "cold", "sample.mjs");
  const { stdout } = await run(
    process.execPath,
    [script, what, entry, name, ...(answer === undefined ? [] : [answer])],
    { env: { ...process.env, ...params, NODE_OPTIONS: "" }, signal },
  );
  return sampleSchema.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
}

function goalsOf(when: string, cold: Readonly<Record<string, Cold>>): Goal[] {
  return Object.entries(cold)
    .filter(([label]) => goals.has(label))
    .map(([label, { timesBare }]) => atMost(`${label}, ${when}, ÷ a bare call`, timesBare, GOAL));
}

function rowsOf(cold: Readonly<Record<string, Cold>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(cold).map(([label, row]) => [
      label,
      {
        ...row,
        goal: goals.has(label) ? `≤ ${GOAL}: ${row.timesBare <= GOAL ? "met" : "missed"}` : "",
      },
    ]),
  );
}
