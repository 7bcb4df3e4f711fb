import { z } from "zod";
import { hostingReleases, rulesRelease, sites } from "../google/answers.js";
import { listFunctions } from "../google/functions.js";
import type { Google } from "../google/google.js";

/** What runs in a project: enough to recognise it later, and to restore rules and Hosting. */
export const runningState = z.object({
  /** Absent before the first deployment, as is `hostingVersion`. */
  ruleset: z.string().optional(),
  hostingVersion: z.string().optional(),
  /** Function → revision in Cloud Run. */
  revisions: z.record(z.string(), z.string()),
});
export type RunningState = z.infer<typeof runningState>;

export async function readRunningState(google: Google): Promise<RunningState> {
  const { projectId } = google;
  const site = await defaultSite(google);
  const [release, hosting, functions] = await Promise.all([
    google.find(rulesRelease, "firebaserules", releasePath(projectId)),
    google.find(hostingReleases, "firebasehosting", `${channelPath(site)}?pageSize=1`),
    listFunctions(google),
  ]);
  const hostingVersion = hosting?.releases[0]?.version?.name;
  return {
    ...(release && { ruleset: release.rulesetName }),
    ...(hostingVersion !== undefined && { hostingVersion }),
    revisions: Object.fromEntries(
      [...functions].map(([name, { serviceConfig }]) => [name, serviceConfig?.revision ?? ""]),
    ),
  };
}

/** Whether nothing was deployed between the two. */
export function isSame(left: RunningState, right: RunningState): boolean {
  return (
    left.ruleset === right.ruleset &&
    left.hostingVersion === right.hostingVersion &&
    hasSameFunctions(left, right)
  );
}

export function hasSameFunctions(left: RunningState, right: RunningState): boolean {
  const names = Object.keys(left.revisions);
  return (
    names.length === Object.keys(right.revisions).length &&
    names.every((name) => left.revisions[name] === right.revisions[name])
  );
}

export async function restoreRules(google: Google, ruleset: string): Promise<void> {
  const name = `projects/${google.projectId}/releases/cloud.firestore`;
  await google.send(rulesRelease, "PATCH", "firebaserules", releasePath(google.projectId), {
    release: { name, rulesetName: ruleset },
  });
}

export async function restoreHosting(google: Google, version: string): Promise<void> {
  const site = await defaultSite(google);
  const path = `${channelPath(site)}?versionName=${encodeURIComponent(version)}`;
  await google.send(z.object({ name: z.string() }), "POST", "firebasehosting", path, {});
}

async function defaultSite(google: Google): Promise<string> {
  const path = `/v1beta1/projects/${google.projectId}/sites`;
  const found = await google.find(sites, "firebasehosting", path);
  const site = found?.sites.find(({ type }) => type === "DEFAULT_SITE");
  return site?.name.split("/").at(-1) ?? google.projectId;
}

const releasePath = (projectId: string): string =>
  `/v1/projects/${projectId}/releases/cloud.firestore`;

const channelPath = (site: string): string => `/v1beta1/sites/${site}/channels/live/releases`;
