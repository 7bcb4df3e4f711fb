import { z } from "zod";
import type { Edges } from "../edges.js";
import { Google, GoogleError } from "../google/google.js";
import type { Target } from "../target.js";
import { applyResource, named } from "./applyResource.js";
import { alertsFile, displayedFile, metricsFile, readOperateFile } from "./files.js";

/** Log-based metrics are unknown to Cloud Monitoring for some minutes after they were created. */
const METRIC_PATIENCE = { attempts: 40, pauseMs: 15_000 };

const page = { nextPageToken: z.string().optional() };
const displayed = z.looseObject({ name: z.string(), displayName: z.string().default("") });
/** `logging:v2` `ListLogMetricsResponse` */
const metricPage = z.object({ metrics: z.array(named).default([]), ...page });
/** `monitoring:v3` `ListUptimeCheckConfigsResponse`, `ListAlertPoliciesResponse`, `ListNotificationChannelsResponse` */
export const uptimePage = z.object({ uptimeCheckConfigs: z.array(displayed).default([]), ...page });
export const alertPage = z.object({ alertPolicies: z.array(displayed).default([]), ...page });
const channelPage = z.object({
  notificationChannels: z
    .array(z.object({ name: z.string(), enabled: z.boolean().default(true) }))
    .default([]),
  ...page,
});
/** `monitoring:v1` `ListDashboardsResponse` */
const dashboardPage = z.object({ dashboards: z.array(displayed).default([]), ...page });

/**
 * Applies the files in `operate/` to the project's metrics, uptime check, alert policies and dashboard. Alerts go to all of the project's notification channels.
 */
export async function applyMonitoring(edges: Edges, { projectId }: Target): Promise<void> {
  const google = new Google(edges, projectId);
  const parent = `projects/${projectId}`;
  const values = { PROJECT_ID: projectId };

  const metrics = await google.list(metricPage, "logging", `/v2/${parent}/metrics`);
  const existing = new Map(
    metrics.flatMap((each) => each.metrics).map((each) => [each.name, each]),
  );
  for (const metric of await readOperateFile(metricsFile, "metrics.json", values)) {
    await applyResource(edges, `metric ${metric.name}`, metric, existing.get(metric.name), {
      create: () => google.send(named, "POST", "logging", `/v2/${parent}/metrics`, metric),
      update: () => {
        const path = `/v2/${parent}/metrics/${encodeURIComponent(metric.name)}`;
        return google.send(named, "PUT", "logging", path, metric);
      },
    });
  }

  const checks = await google.list(uptimePage, "monitoring", `/v3/${parent}/uptimeCheckConfigs`);
  const check = await applyByDisplayName(
    edges,
    google,
    { kind: "uptime check", version: "v3", collection: `${parent}/uptimeCheckConfigs` },
    await readOperateFile(displayedFile, "uptime.json", values),
    checks.flatMap((each) => each.uptimeCheckConfigs),
  );
  const withCheck = { ...values, UPTIME_CHECK_ID: check.split("/").at(-1) ?? "" };

  const channels = await notificationChannels(google);
  if (channels.length === 0) {
    edges.print(
      `· no notification channel: alerts appear in the console alone. Add one at https://console.cloud.google.com/monitoring/alerting/notifications?project=${projectId}, and run this again.`,
    );
  }
  const policies = (
    await google.list(alertPage, "monitoring", `/v3/${parent}/alertPolicies`)
  ).flatMap((each) => each.alertPolicies);
  for (const policy of await readOperateFile(alertsFile, "alerts.json", withCheck)) {
    await applyByDisplayName(
      edges,
      google,
      { kind: "alert", version: "v3", collection: `${parent}/alertPolicies` },
      { ...policy, notificationChannels: channels },
      policies,
    );
  }

  const dashboards = await google.list(dashboardPage, "monitoring", `/v1/${parent}/dashboards`);
  await applyByDisplayName(
    edges,
    google,
    { kind: "dashboard", version: "v1", collection: `${parent}/dashboards` },
    await readOperateFile(displayedFile, "dashboard.json", withCheck),
    dashboards.flatMap((each) => each.dashboards),
  );
}

async function notificationChannels(google: Google): Promise<readonly string[]> {
  const path = `/v3/projects/${google.projectId}/notificationChannels`;
  const pages = await google.list(channelPage, "monitoring", path);
  return pages
    .flatMap((each) => each.notificationChannels)
    .filter(({ enabled }) => enabled)
    .map(({ name }) => name)
    .sort();
}

/** Applies a resource whose name Google chooses, and returns that name. */
async function applyByDisplayName(
  edges: Edges,
  google: Google,
  where: { readonly kind: string; readonly version: string; readonly collection: string },
  wanted: z.output<typeof displayedFile>,
  all: readonly z.output<typeof displayed>[],
): Promise<string> {
  const found = all.find(({ displayName }) => displayName === wanted.displayName);
  const send = (method: "POST" | "PATCH", resource: string) =>
    google.send(named, method, "monitoring", `/${where.version}/${resource}`, wanted);
  const { name } = await applyResource(
    edges,
    `${where.kind} ${wanted.displayName}`,
    wanted,
    found,
    {
      create: () => untilMetricIsKnown(edges, () => send("POST", where.collection)),
      update: (name) => untilMetricIsKnown(edges, () => send("PATCH", name)),
    },
  );
  return name;
}

async function untilMetricIsKnown<Result>(
  edges: Edges,
  send: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const isUnknown = error instanceof GoogleError && error.failure === "missing";
      if (!isUnknown || attempt === METRIC_PATIENCE.attempts) throw error;
      if (attempt === 1) edges.print("· waiting until Google knows the new metrics");
      await edges.sleep(METRIC_PATIENCE.pauseMs);
    }
  }
}
