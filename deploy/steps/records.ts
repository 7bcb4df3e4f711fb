import { z } from "zod";
import type { Edges } from "../edges.js";
import { isSame, runningState, type RunningState } from "./runningState.js";

/** A finished deployment. It is the message of an annotated tag at the commit that was deployed. */
const record = z.object({
  running: runningState,
  /** After a rollback: the tag that it went back to. */
  restores: z.string().optional(),
});

export interface Deployment extends z.infer<typeof record> {
  readonly tag: string;
}

const prefixOf = (projectId: string): string => `deployed/${projectId}/`;

/** Records that the project now runs `commit`, and returns the tag. */
export async function recordDeployment(
  edges: Edges,
  projectId: string,
  commit: string,
  running: RunningState,
  restores?: string,
): Promise<string> {
  const time = new Date(edges.now()).toISOString().slice(0, 19).replaceAll(/[-:]/g, "");
  const tag = `${prefixOf(projectId)}${time}`;
  const message = JSON.stringify({ running, ...(restores !== undefined && { restores }) });
  await git(edges, ["tag", "--annotate", "--message", message, tag, commit]);
  return tag;
}

/** The finished deployments to a project, the newest first. */
export async function listDeployments(
  edges: Edges,
  projectId: string,
): Promise<readonly Deployment[]> {
  const output = await git(edges, [
    "for-each-ref",
    "--sort=-refname",
    // Only the subject of the message, because the rest of a signed tag is its signature.
    "--format=%(refname:short) %(contents:subject)",
    `refs/tags/${prefixOf(projectId)}`,
  ]);
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const space = line.indexOf(" ");
      return { tag: line.slice(0, space), ...record.parse(JSON.parse(line.slice(space))) };
    });
}

/** Whether the checked out commit contains the one that a tag names. */
export async function includesTag(edges: Edges, tag: string): Promise<boolean> {
  const { code, output } = await edges.run("git", ["merge-base", "--is-ancestor", tag, "HEAD"]);
  if (code > 1) throw new Error(`git merge-base: ${output.trim()}`);
  return code === 0;
}

/**
 * The deployment to go back to: the newest finished one if something else runs, because a deployment failed halfway;
 * otherwise the one before it. A deployment that was rolled back is never chosen again.
 */
export function previousDeployment(
  deployments: readonly Deployment[],
  running: RunningState,
): Deployment | undefined {
  const [newest] = deployments;
  if (!newest) return undefined;
  return isSame(newest.running, running) ? before(deployments, newest) : newest;
}

function before(
  deployments: readonly Deployment[],
  deployment: Deployment,
): Deployment | undefined {
  const restored = deployments.find(({ tag }) => tag === deployment.restores);
  if (restored) return before(deployments, restored);
  return deployments[deployments.indexOf(deployment) + 1];
}

export async function git(edges: Edges, args: readonly string[]): Promise<string> {
  const { code, output } = await edges.run("git", args);
  if (code !== 0) throw new Error(`git ${args[0] ?? ""}: ${output.trim()}`);
  return output.trim();
}
