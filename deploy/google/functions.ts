import { REGION } from "../../functions/src/contract/region.js";
import { type DeployedFunction, deployedFunctions } from "./answers.js";
import type { Google } from "./google.js";

/** The functions of this codebase as they are deployed, by name. */
export async function listFunctions(
  google: Google,
): Promise<ReadonlyMap<string, DeployedFunction>> {
  const path = `/v2/projects/${google.projectId}/locations/${REGION}/functions?pageSize=200`;
  const pages = await google.list(deployedFunctions, "cloudfunctions", path);
  return new Map(
    pages
      .flatMap((page) => page.functions)
      .filter(({ labels }) => (labels["firebase-functions-codebase"] ?? "default") === "default")
      .map((each) => [each.name.split("/").at(-1) ?? "", each]),
  );
}

/** Whether anyone may send it requests: callables and HTTP functions, which check their callers themselves. */
export function isPublic(deployed: DeployedFunction): boolean {
  return (
    deployed.eventTrigger === undefined &&
    deployed.labels["deployment-taskqueue"] === undefined &&
    !isScheduled(deployed)
  );
}

/** Whether Cloud Scheduler starts it. */
export function isScheduled({ labels }: DeployedFunction): boolean {
  return labels["deployment-scheduled"] !== undefined;
}

/** The Cloud Run service under a function: its name in lower case. */
export function runServicePath(projectId: string, functionName: string): string {
  return `/v2/projects/${projectId}/locations/${REGION}/services/${functionName.toLowerCase()}`;
}

export function functionUrl(projectId: string, functionName: string): string {
  return `https://${REGION}-${projectId}.cloudfunctions.net/${functionName}`;
}
