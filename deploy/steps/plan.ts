import { REGION } from "../../functions/src/contract/region.js";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type functionGroups, functionTable } from "../../functions/src/functionOptions.js";
import { localDirectory, root } from "../../local/files/paths.js";
import type { Edges } from "../edges.js";
import { type DeployedFunction, ruleset as rulesetAnswer } from "../google/answers.js";
import { compareIndexes } from "../google/firestoreIndexes.js";
import { listFunctions } from "../google/functions.js";
import type { Google } from "../google/google.js";
import type { Target } from "../target.js";
import type { RunningState } from "./runningState.js";

/** What a deployment will change. */
export interface Plan {
  /** A diff from the deployed rules; empty if they are the same. */
  readonly rules: string;
  readonly newIndexes: readonly string[];
  /** Indexes that only the project has: a deployment leaves them. */
  readonly extraIndexes: readonly string[];
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  /** The changed params, such as `LIVEKIT_CALLS_PER_MINUTE: 600 → 300`. Before the first deployment: none. */
  readonly params: readonly string[];
}

export async function makePlan(
  edges: Edges,
  google: Google,
  running: RunningState,
  params: Target["params"],
): Promise<Plan> {
  const [{ indexes, ttlPolicies, extra }, functions] = await Promise.all([
    compareIndexes(google),
    listFunctions(google),
  ]);
  const names = Object.keys(functionTable);
  const deployed = Object.keys(running.revisions);
  const missing = (states: typeof indexes) =>
    states.filter(({ state }) => state === "missing").map(({ name }) => name);
  return {
    rules: await diffRules(edges, google, running.ruleset),
    newIndexes: [...missing(indexes), ...missing(ttlPolicies).map((name) => `TTL policy ${name}`)],
    extraIndexes: extra,
    created: names.filter((name) => !deployed.includes(name)),
    updated: names.filter((name) => deployed.includes(name)),
    removed: deployed.filter((name) => !names.includes(name)),
    params: changedParams([...functions.values()], params),
  };
}

/** firebase-tools gives each function all params, as variables of its environment. */
function changedParams(
  functions: readonly DeployedFunction[],
  params: Target["params"],
): readonly string[] {
  return Object.entries(params).flatMap(([name, value]) => {
    const before = new Set(
      functions.map(({ serviceConfig }) => serviceConfig?.environmentVariables[name] ?? "unset"),
    );
    before.delete(value);
    return before.size === 0 ? [] : [`${name}: ${[...before].join(" or ")} → ${value}`];
  });
}

async function diffRules(edges: Edges, google: Google, name: string | undefined): Promise<string> {
  const found =
    name === undefined
      ? undefined
      : await google.find(rulesetAnswer, "firebaserules", `/v1/${name}`);
  const deployed = found?.source.files.map(({ content }) => content).join("\n") ?? "";
  const file = join(root, "firestore.rules");
  if (deployed === (await readFile(file, "utf8"))) return "";
  const copy = join(localDirectory, `deployed.${google.projectId}.rules`);
  await mkdir(localDirectory, { recursive: true });
  await writeFile(copy, deployed);
  const { output } = await edges.run("git", ["diff", "--no-index", "--unified=1", copy, file]);
  // Without git's header, which names the two files.
  return output.split("\n").slice(4).join("\n").trimEnd();
}

export function renderPlan(plan: Plan): string {
  const list = (names: readonly string[]) => (names.length === 0 ? "none" : names.join(", "));
  return [
    "What will change",
    plan.rules === "" ? "  Rules: nothing" : `  Rules:\n${indent(plan.rules)}`,
    `  Indexes to build: ${list(plan.newIndexes)}`,
    ...(plan.extraIndexes.length === 0
      ? []
      : [`  Indexes that only the project has, which stay: ${list(plan.extraIndexes)}`]),
    `  Functions to create: ${list(plan.created)}`,
    `  Functions to update: ${plan.updated.length}`,
    `  Functions to delete: ${list(plan.removed)}`,
    `  Params: ${list(plan.params)}`,
    "  Hosting: a new version",
  ].join("\n");
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}

/** What follows events and tasks is deployed before the callables that enqueue them. */
const groupOrder = [
  "events",
  "hosts",
  "listeners",
] as const satisfies (keyof typeof functionGroups)[];

export const stepNames = [
  "firestore",
  ...groupOrder.map((group) => `functions:${group}`),
  "functions:removed",
  "hosting",
];

export interface Step {
  readonly name: string;
  /** firebase-tools' arguments; undefined: nothing to do. */
  readonly args: readonly string[] | undefined;
}

export function stepsOf(removed: readonly string[]): readonly Step[] {
  const only = (what: string, ...more: string[]) => ["deploy", "--only", what, ...more];
  return [
    { name: "firestore", args: only("firestore:rules,firestore:indexes") },
    ...groupOrder.map((group) => ({
      name: `functions:${group}`,
      // With --force, firebase-tools does not ask whether events may be retried. It deletes none of the others.
      args: only(
        functionsOf(group)
          .map((name) => `functions:${name}`)
          .join(","),
        "--force",
      ),
    })),
    {
      name: "functions:removed",
      args:
        removed.length === 0
          ? undefined
          : ["functions:delete", ...removed, "--region", REGION, "--force"],
    },
    { name: "hosting", args: only("hosting") },
  ];
}

export function functionsOf(group: string): readonly string[] {
  return Object.entries(functionTable)
    .filter(([, row]) => row.group === group)
    .map(([name]) => name);
}
