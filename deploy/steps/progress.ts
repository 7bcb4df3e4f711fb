import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../local/files/atomicFile.js";
import { localDirectory } from "../../local/files/paths.js";
import { readIfThere } from "../../local/files/readIfThere.js";
import { stepNames } from "./plan.js";
import { isSame, runningState, type RunningState } from "./runningState.js";

/** How far a deployment came, on this machine. */
const progress = z.object({
  commit: z.string(),
  /** The first step that is not done. */
  next: z.string(),
  /** What ran then. */
  running: runningState,
});

const fileOf = (projectId: string): string =>
  join(localDirectory, "deployments", `${projectId}.json`);

export async function saveProgress(
  projectId: string,
  stopped: z.infer<typeof progress>,
): Promise<void> {
  await writeAtomically(fileOf(projectId), JSON.stringify(stopped), 0o600);
}

export async function forgetProgress(projectId: string): Promise<void> {
  await rm(fileOf(projectId), { force: true });
}

/** Why the steps before `from` may not come from this commit; undefined: they do. */
export async function whyNotFrom(
  projectId: string,
  { from, commit, running }: { from: string; commit: string; running: RunningState },
): Promise<string | undefined> {
  const text = await readIfThere(fileOf(projectId));
  const stopped = text === undefined ? undefined : progress.parse(JSON.parse(text));
  if (stopped?.commit !== commit) return "no deployment of this commit stopped on this machine";
  if (stepNames.indexOf(from) > stepNames.indexOf(stopped.next)) {
    return `the deployment stopped before ${stopped.next}`;
  }
  return isSame(stopped.running, running)
    ? undefined
    : "something was deployed since the last finished step";
}
