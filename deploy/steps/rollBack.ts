import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { functionsDirectory, localDirectory } from "../../local/files/paths.js";
import { readIfThere } from "../../local/files/readIfThere.js";
import { LaunchError } from "../../local/launchError.js";
import type { Edges } from "../edges.js";
import { Google } from "../google/google.js";
import type { Target } from "../target.js";
import { confirm, firebase } from "./deployTo.js";
import {
  type Deployment,
  git,
  listDeployments,
  previousDeployment,
  recordDeployment,
} from "./records.js";
import {
  hasSameFunctions,
  readRunningState,
  restoreHosting,
  restoreRules,
  type RunningState,
} from "./runningState.js";

/** Restores an earlier deployment: rules and Hosting at once, then the functions. Returns whether it runs again. */
export async function rollBack(
  edges: Edges,
  target: Target,
  { to, isConfirmed }: { readonly to: string | undefined; readonly isConfirmed: boolean },
): Promise<boolean> {
  const google = new Google(edges, target.projectId);
  const [deployments, running] = await Promise.all([
    listDeployments(edges, target.projectId),
    readRunningState(google),
  ]);
  const goal = choose(deployments, running, to);
  const commit = await git(edges, ["rev-parse", `${goal.tag}^{commit}`]);
  edges.print(
    [
      `Back to ${goal.tag}, commit ${commit.slice(0, 12)}.`,
      "  Rules, Hosting and functions go back. Data, indexes, secrets and params stay as they are now.",
      `  If a param is the cause, correct functions/.env.${target.projectId}, commit it and deploy instead.`,
    ].join("\n"),
  );
  if (!isConfirmed && !(await confirm(edges, target, "go back"))) return false;
  const { ruleset, hostingVersion } = goal.running;
  if (ruleset !== undefined) await restoreRules(google, ruleset);
  if (hostingVersion !== undefined) await restoreHosting(google, hostingVersion);
  edges.print("Rules and Hosting are restored.");
  if (!hasSameFunctions(running, goal.running) && !(await redeploy(edges, target, commit))) {
    edges.print(
      `The functions are not restored. Again: npm run rollback -- --project ${target.name} --to ${goal.tag}`,
    );
    return false;
  }
  const state = await readRunningState(google);
  const tag = await recordDeployment(edges, target.projectId, commit, state, goal.tag);
  edges.print(
    [
      `${goal.tag} runs again, recorded as ${tag}.`,
      `  Try it: npm run smoke -- --project ${target.name}`,
      `  So that others can go back: git push origin ${tag}`,
      "  If GitHub deploys, the next merge deploys the bad commit again. Until it is reverted: gh variable set DEPLOY --body false",
    ].join("\n"),
  );
  return true;
}

function choose(
  deployments: readonly Deployment[],
  running: RunningState,
  to: string | undefined,
): Deployment {
  const goal =
    to === undefined
      ? previousDeployment(deployments, running)
      : deployments.find(({ tag }) => tag === to);
  if (goal) return goal;
  const known = deployments.map(({ tag }) => tag).join(", ");
  throw new LaunchError(
    `There is no deployment to go back to${known === "" ? "" : ` (recorded: ${known})`}. If somebody else deployed it: git fetch --tags`,
  );
}

/** Deploys a commit's functions from a worktree of its own, and deletes functions that it does not have. */
async function redeploy(edges: Edges, { projectId }: Target, commit: string): Promise<boolean> {
  const worktree = join(localDirectory, "rollback", projectId);
  // One that an interrupted rollback left.
  await edges.run("git", ["worktree", "remove", "--force", worktree]);
  await git(edges, ["worktree", "add", "--detach", worktree, commit]);
  try {
    const file = `.env.${projectId}`;
    const params = await readIfThere(join(functionsDirectory, file));
    if (params !== undefined) await writeFile(join(worktree, "functions", file), params);
    const install = await edges.run("npm", ["ci", "--prefix", "functions"], {
      cwd: worktree,
      isShown: true,
    });
    if (install.code !== 0) return false;
    const only = ["deploy", "--only", "functions", "--force"];
    return (await firebase(edges, projectId, only, worktree)).code === 0;
  } finally {
    await edges.run("git", ["worktree", "remove", "--force", worktree]);
  }
}
