import { firebaseCli } from "../../local/files/paths.js";
import { LaunchError } from "../../local/launchError.js";
import { examineTarget } from "../doctor/examine.js";
import { blockers, renderFindings } from "../doctor/report.js";
import type { Edges } from "../edges.js";
import { compareIndexes } from "../google/firestoreIndexes.js";
import { Google, messageOf } from "../google/google.js";
import type { SmokeResult } from "../smoke/smoke.js";
import type { Target } from "../target.js";
import { functionsOf, makePlan, renderPlan, type Step, stepNames, stepsOf } from "./plan.js";
import { forgetProgress, whyNotFrom, saveProgress } from "./progress.js";
import { git, includesTag, listDeployments, recordDeployment } from "./records.js";
import { readRunningState, type RunningState } from "./runningState.js";

export interface DeployOptions {
  readonly isDryRun: boolean;
  /** True skips the question, for example because a workflow's reviewers have already agreed. */
  readonly isConfirmed: boolean;
  /** The step to begin with, after it failed in an earlier deployment of the same commit. */
  readonly from: string | undefined;
  /** Whether this commit may replace one that it does not contain. */
  readonly mayBeOlder: boolean;
  /** Tests what was deployed. */
  smoke(): Promise<SmokeResult>;
}

/** How long indexes may take to build before a deployment gives up. */
const INDEX_PATIENCE_MS = 30 * 60_000;
const INDEX_INTERVAL_MS = 15_000;

/** Deploys the current commit. Returns whether it is deployed and works. */
export async function deployTo(
  edges: Edges,
  target: Target,
  options: DeployOptions,
): Promise<boolean> {
  const { isDryRun, isConfirmed, from } = options;
  if (from !== undefined && !stepNames.includes(from)) {
    throw new LaunchError(`No step is called ${from}. The steps are ${stepNames.join(", ")}.`);
  }
  const google = new Google(edges, target.projectId);
  const findings = await examineTarget(edges, target);
  edges.print(renderFindings(`Project ${target.projectId}`, findings));
  const blocking = blockers(findings);
  if (blocking.length > 0) {
    const names = blocking.map(({ name }) => name).join(", ");
    edges.print(`\nNothing was changed. Fix these first: ${names}.`);
    return false;
  }
  const running = await readRunningState(google);
  const plan = await makePlan(edges, google, running, target.params);
  edges.print(`\n${renderPlan(plan)}`);
  if (isDryRun) {
    edges.print("\nA dry run: nothing was changed.");
    return true;
  }
  const commit = await git(edges, ["rev-parse", "HEAD"]);
  const refusal = await refuseCommit(edges, target, { ...options, commit, running });
  if (refusal !== undefined) {
    edges.print(`\nNothing was changed: ${refusal}`);
    return false;
  }
  if (!isConfirmed && !(await confirm(edges, target, "deploy"))) return false;
  const first = from === undefined ? 0 : stepNames.indexOf(from);
  const steps = stepsOf(plan.removed);
  let reached = running;
  for (const [index, step] of steps.entries()) {
    if (index < first) continue;
    // Before the step, because an interruption does not return here.
    await saveProgress(target.projectId, { commit, next: step.name, running: reached });
    const isDone = await perform(edges, google, step);
    const now = await readRunningState(google).catch(() => undefined);
    reached = now ?? reached;
    if (!isDone) {
      await saveProgress(target.projectId, { commit, next: step.name, running: reached });
      explainFailure(edges, target, { steps, failedIndex: index, before: running, now });
      return false;
    }
  }
  const state = await readRunningState(google);
  const [last = ""] = stepNames.slice(-1);
  await saveProgress(target.projectId, { commit, next: last, running: state });
  const result = await options.smoke();
  if (result === "failed") {
    edges.print(
      [
        "\nThe deployment finished, but the smoke test failed.",
        `  To undo it: npm run rollback -- --project ${target.name}`,
        `  If the cause lies elsewhere, such as LiveKit, fix it and try again: npm run deploy -- --project ${target.name} --from ${last}`,
      ].join("\n"),
    );
    return false;
  }
  const tag = await recordDeployment(edges, target.projectId, commit, state);
  await forgetProgress(target.projectId);
  edges.print(
    [
      result === "passed"
        ? "\nDeployed, and tested with a show."
        : "\nDeployed, but not tested: the smoke test ran no show.",
      `  Recorded as ${tag}. To let others roll back to it: git push origin ${tag}`,
    ].join("\n"),
  );
  return true;
}

/** The reason why this commit may not be deployed, or not from this step; undefined: it may. */
async function refuseCommit(
  edges: Edges,
  { projectId }: Target,
  {
    from,
    mayBeOlder,
    commit,
    running,
  }: Pick<DeployOptions, "from" | "mayBeOlder"> & {
    readonly commit: string;
    readonly running: RunningState;
  },
): Promise<string | undefined> {
  if ((await git(edges, ["status", "--porcelain"])) !== "") {
    return "the work tree has changes. Commit first, because a rollback deploys a commit again.";
  }
  if (from !== undefined && from !== stepNames[0]) {
    const reason = await whyNotFrom(projectId, { from, commit, running });
    if (reason !== undefined) return `${reason}. Deploy everything, without --from.`;
  }
  const [newest] = await listDeployments(edges, projectId);
  if (!newest || mayBeOlder || (await includesTag(edges, newest.tag))) return undefined;
  return `this commit does not contain the newest deployed one, ${newest.tag}. Merge that one, or go back with npm run rollback. To deploy this one nevertheless, add --older.`;
}

/** Whether the person types the project's id. */
export async function confirm(
  edges: Edges,
  { projectId }: Target,
  purpose: string,
): Promise<boolean> {
  if (!edges.hasTerminal) {
    edges.print("\nNothing was changed. There is no terminal to confirm in: add --yes.");
    return false;
  }
  if ((await edges.question(`\nType ${projectId} to ${purpose}: `)) === projectId) return true;
  edges.print("Nothing was changed.");
  return false;
}

async function perform(edges: Edges, google: Google, { name, args }: Step): Promise<boolean> {
  if (args === undefined) return true;
  edges.print(`\n${name}`);
  const { code } = await firebase(edges, google.projectId, args);
  if (code !== 0) return false;
  if (name !== "firestore") return true;
  try {
    return await indexesReady(edges, google);
  } catch (error) {
    edges.print(messageOf(error));
    return false;
  }
}

export function firebase(
  edges: Edges,
  projectId: string,
  args: readonly string[],
  cwd?: string,
): ReturnType<Edges["run"]> {
  return edges.run(
    process.execPath,
    [firebaseCli(), ...args, "--project", projectId, "--non-interactive"],
    { isShown: true, ...(cwd !== undefined && { cwd }) },
  );
}

/** Functions fail where they need an index that is not built yet. */
async function indexesReady(edges: Edges, google: Google): Promise<boolean> {
  const patience = edges.now() + INDEX_PATIENCE_MS;
  for (let isFirst = true; ; isFirst = false) {
    const { indexes } = await compareIndexes(google);
    const waiting = indexes.filter(({ state }) => state !== "ready").map(({ name }) => name);
    if (waiting.length === 0) return true;
    if (edges.now() >= patience) {
      edges.print(`These indexes are not built yet: ${waiting.join("; ")}.`);
      return false;
    }
    if (isFirst) edges.print(`Waiting for ${waiting.length} indexes, which may take minutes.`);
    await edges.sleep(INDEX_INTERVAL_MS);
  }
}

function explainFailure(
  edges: Edges,
  { name: alias }: Target,
  {
    steps,
    failedIndex,
    before,
    now,
  }: {
    readonly steps: readonly Step[];
    readonly failedIndex: number;
    readonly before: RunningState;
    /** Undefined: unknown. */
    readonly now: RunningState | undefined;
  },
): void {
  const names = steps.map(({ name }) => name);
  const failed = names[failedIndex] ?? "";
  const group = functionsOf(failed.replace("functions:", ""));
  const isNew = (each: string) =>
    now?.revisions[each] !== undefined && now.revisions[each] !== before.revisions[each];
  const list = (each: readonly string[]) => (each.length === 0 ? "nothing" : each.join(", "));
  edges.print(
    [
      `\n${failed} failed, and the deployment stopped.`,
      `  Deployed: ${list(names.slice(0, failedIndex))}`,
      ...(group.length === 0 || now === undefined
        ? []
        : [
            `  Updated in ${failed}: ${list(group.filter(isNew))}`,
            `  Not updated in ${failed}: ${list(group.filter((each) => !isNew(each)))}`,
          ]),
      `  Not deployed: ${list(names.slice(failedIndex + 1))}`,
      `  To continue: npm run deploy -- --project ${alias}${failedIndex > 0 && now ? ` --from ${failed}` : ""}`,
      `  To undo it: npm run rollback -- --project ${alias}`,
    ].join("\n"),
  );
}
