import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { type Answer, json } from "../http/answer.js";
import { listen, type Listening } from "../http/listen.js";
import { readBytes } from "../http/readBytes.js";
import { answerMonitoring } from "./monitoring.js";
import type { DeployedFunction, GoogleProject } from "./project.js";

/**
 * Google's APIs for one project, as far as the commands in `deploy/` call them. Answers have the shapes of Google's
 * discovery documents. For projects: `cloudresourcemanager` v3, `cloudbilling` v1, `billingbudgets` v1, `serviceusage` v1,
 * `secretmanager` v1, `iam` v1, `cloudquotas` v1. For Firebase: `identitytoolkit` v2, `firestore` v1, `firebaserules` v1,
 * `firebasehosting` v1beta1, `firebase` v1beta1, `firebaseappcheck` v1. For what runs: `cloudfunctions` v2, `run` v2,
 * `cloudtasks` v2, `cloudscheduler` v1, `logging` v2, `monitoring` v3 and v1. An address is `/<host>/<path>`.
 */
export async function startLocalGoogle(project: GoogleProject): Promise<Listening> {
  return listen({
    name: "the local Google",
    host: "127.0.0.1",
    port: 0,
    async serve(message, response) {
      const { status, headers, body } = await answer(project, message);
      response.writeHead(status, headers).end(body);
    },
  });
}

const LARGEST_BODY = 1_000_000;
const REGION = "us-central1";

async function answer(project: GoogleProject, message: IncomingMessage): Promise<Answer> {
  const url = new URL(message.url ?? "/", "http://google.invalid");
  const [, host = "", ...rest] = url.pathname.split("/");
  const path = `/${rest.join("/")}`;
  const sent = (await readBytes(message, LARGEST_BODY)).toString("utf8");
  if (message.headers.authorization !== "Bearer local") {
    return refuse(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
  }
  if (project.forbiddenApis.has(host)) {
    return refuse(403, "PERMISSION_DENIED", "The caller does not have permission");
  }
  const isOptional = ["cloudresourcemanager", "cloudbilling", "serviceusage", "billingbudgets"];
  if (!isOptional.includes(host.split(".")[0] ?? "") && !project.enabledApis.has(host)) {
    return disabled(host, project);
  }
  if (host.startsWith("logging.") || host.startsWith("monitoring.")) {
    return answerMonitoring(project.projectId, project.monitoring, {
      method: message.method ?? "",
      path,
      body: sent === "" ? {} : JSON.parse(sent),
    });
  }
  for (const [method, pattern, handle] of routes) {
    const found = pattern.exec(`${host}${path}`);
    if (method === message.method && found) {
      // Another project's resources: Google does not say whether they exist.
      const named = /\/projects\/([^/:]+)/.exec(path)?.[1] ?? project.projectId;
      if (named !== project.projectId) {
        return refuse(403, "PERMISSION_DENIED", `The caller does not have permission on ${named}`);
      }
      const body: unknown = sent === "" ? {} : JSON.parse(sent);
      return handle(project, { parts: found.slice(1).map(decodeURIComponent), url, body });
    }
  }
  throw new Error(`the local Google has no ${message.method ?? ""} ${host}${path}`);
}

interface Request {
  /** What the pattern captured. */
  readonly parts: readonly string[];
  readonly url: URL;
  readonly body: unknown;
}

type Route = readonly [
  method: "GET" | "POST" | "PATCH",
  pattern: RegExp,
  handle: (project: GoogleProject, request: Request) => Answer,
];

const testedPermissions = z.object({ permissions: z.array(z.string()) });
const recoveryFields = z.strictObject({
  pointInTimeRecoveryEnablement: z.enum([
    "POINT_IN_TIME_RECOVERY_ENABLED",
    "POINT_IN_TIME_RECOVERY_DISABLED",
  ]),
  deleteProtectionState: z.enum(["DELETE_PROTECTION_ENABLED", "DELETE_PROTECTION_DISABLED"]),
});
/** At most 14 weeks. */
const retention = z
  .string()
  .regex(/^\d+s$/)
  .refine((text) => Number.parseInt(text, 10) <= 14 * 7 * 86_400);
const backupSchedule = z.union([
  z.strictObject({ retention, dailyRecurrence: z.strictObject({}) }),
  z.strictObject({
    retention,
    weeklyRecurrence: z.strictObject({ day: z.enum(["SATURDAY", "SUNDAY"]) }),
  }),
]);
const schedulerJob = z.strictObject({
  name: z.string(),
  description: z.string(),
  schedule: z.string().regex(/^(\S+ ){4}\S+$/),
  timeZone: z.string(),
  httpTarget: z.strictObject({
    uri: z.url(),
    httpMethod: z.literal("POST"),
    headers: z.record(z.string(), z.string()),
    body: z.base64(),
    oauthToken: z.strictObject({ serviceAccountEmail: z.email(), scope: z.url() }),
  }),
});
const releasePatch = z.object({ release: z.object({ rulesetName: z.string() }) });

const routes: readonly Route[] = [
  [
    "GET",
    /^cloudresourcemanager[^/]+\/v3\/projects\/[^/:]+$/,
    ({ projectId, number }) =>
      json(200, {
        name: `projects/${number}`,
        parent: "organizations/1",
        projectId,
        state: "ACTIVE",
        displayName: projectId,
        createTime: "2026-01-01T00:00:00Z",
        etag: 'W/"1"',
      }),
  ],
  ["POST", /^cloudresourcemanager.+:testIamPermissions$/, testPermissions],
  ["POST", /^iam[^/]+\/v1\/.+\/serviceAccounts\/.+:testIamPermissions$/, testPermissions],
  ["POST", /^cloudresourcemanager.+:getIamPolicy$/, (project) => policy(project.projectRoles)],
  [
    "POST",
    /^iam\.googleapis\.com\/v1\/.+\/serviceAccounts\/.+:getIamPolicy$/,
    (project) => policy(project.runtimeAccountRoles),
  ],
  [
    "GET",
    /^cloudbilling.+\/billingInfo$/,
    ({ projectId, billingAccount }) =>
      json(200, {
        name: `projects/${projectId}/billingInfo`,
        projectId,
        ...(billingAccount === ""
          ? {}
          : { billingAccountName: billingAccount, billingEnabled: true }),
      }),
  ],
  [
    "GET",
    /^billingbudgets.+\/budgets$/,
    ({ budgets, billingAccount }) =>
      json(200, {
        budgets: budgets.map(({ displayName, projects }, index) => ({
          name: `${billingAccount}/budgets/${index}`,
          displayName,
          budgetFilter: { projects, calendarPeriod: "MONTH" },
          amount: { specifiedAmount: { currencyCode: "EUR", units: "50" } },
          thresholdRules: [{ thresholdPercent: 1, spendBasis: "CURRENT_SPEND" }],
        })),
      }),
  ],
  [
    "GET",
    /^serviceusage.+\/services$/,
    ({ enabledApis, number }, { url }) => {
      // In two pages, as Google does with more than 200.
      const all = [...enabledApis].map((name) => ({
        name: `projects/${number}/services/${name}`,
        config: { name, title: name },
        state: "ENABLED",
        parent: `projects/${number}`,
      }));
      return url.searchParams.has("pageToken")
        ? json(200, { services: all.slice(10) })
        : json(200, { services: all.slice(0, 10), nextPageToken: "second" });
    },
  ],
  [
    "GET",
    /^secretmanager.+\/secrets\/([^/]+)\/versions$/,
    ({ secrets, number }, { parts: [secret = ""] }) => {
      const versions = secrets.get(secret);
      if (!versions) return missing(`Secret [projects/${number}/secrets/${secret}] not found.`);
      if (versions.length === 0) return json(200, {});
      return json(200, {
        versions: versions
          .map(({ state }, index) => ({
            name: `projects/${number}/secrets/${secret}/versions/${index + 1}`,
            createTime: "2026-01-01T00:00:00Z",
            state,
          }))
          .reverse(),
        totalSize: versions.length,
      });
    },
  ],
  [
    "GET",
    /^secretmanager.+\/secrets\/([^/]+)\/versions\/latest:access$/,
    ({ secrets, number }, { parts: [secret = ""] }) => {
      const versions = secrets.get(secret) ?? [];
      const newest = versions.at(-1);
      if (!newest) return missing(`Secret [${secret}] not found or has no versions.`);
      return json(200, {
        name: `projects/${number}/secrets/${secret}/versions/${versions.length}`,
        payload: { data: Buffer.from(newest.value).toString("base64"), dataCrc32c: "1" },
      });
    },
  ],
  [
    "GET",
    /^identitytoolkit.+\/config$/,
    ({ hasAuth, number }) =>
      hasAuth
        ? json(200, { name: `projects/${number}/config`, signIn: { allowDuplicateEmails: false } })
        : missing("CONFIGURATION_NOT_FOUND"),
  ],
  [
    "GET",
    /^firestore.+\/databases\/\(default\)$/,
    ({ hasDatabase, projectId, backups }) =>
      hasDatabase
        ? json(200, {
            name: `projects/${projectId}/databases/(default)`,
            locationId: "nam5",
            type: "FIRESTORE_NATIVE",
            concurrencyMode: "PESSIMISTIC",
            ...backups.database,
          })
        : missing("The database (default) does not exist"),
  ],
  [
    "GET",
    /^firestore[^/]+\/v1\/(.+\/documents\/config\/client)$/,
    ({ clientConfig }, { parts: [name = ""] }) =>
      clientConfig === undefined
        ? missing(`Document "${name}" not found.`)
        : json(200, {
            name,
            fields: clientConfig,
            createTime: "2026-01-01T00:00:00Z",
            updateTime: "2026-01-01T00:00:00Z",
          }),
  ],
  [
    "PATCH",
    /^firestore.+\/databases\/\(default\)$/,
    ({ projectId, backups }, { url, body }) => {
      const fields = recoveryFields.parse(body);
      const mask = url.searchParams.get("updateMask")?.split(",") ?? [];
      const named = Object.entries(fields).filter(([name]) => mask.includes(name));
      backups.database = { ...backups.database, ...Object.fromEntries(named) };
      return json(200, { name: `projects/${projectId}/databases/(default)/operations/1` });
    },
  ],
  [
    "GET",
    /^firestore.+\/databases\/\(default\)\/backupSchedules$/,
    ({ backups: { schedules } }) =>
      json(200, schedules.size === 0 ? {} : { backupSchedules: [...schedules.values()] }),
  ],
  [
    "POST",
    /^firestore.+\/databases\/\(default\)\/backupSchedules$/,
    ({ projectId, backups: { schedules } }, { body }) => {
      const name = `projects/${projectId}/databases/(default)/backupSchedules/${schedules.size}`;
      const schedule = { name, ...backupSchedule.parse(body) };
      schedules.set(name, schedule);
      return json(200, schedule);
    },
  ],
  [
    "PATCH",
    /^firestore[^/]+\/v1\/(.+\/backupSchedules\/[^/]+)$/,
    ({ backups: { schedules } }, { parts: [name = ""], body }) => {
      const schedule = { ...schedules.get(name), ...backupSchedule.parse(body) };
      schedules.set(name, schedule);
      return json(200, schedule);
    },
  ],
  [
    "GET",
    /^cloudscheduler[^/]+\/v1\/(.+\/jobs\/[^/]+)$/,
    ({ backups: { jobs } }, { parts: [name = ""] }) =>
      jobs.has(name) ? json(200, jobs.get(name)) : missing("Job not found."),
  ],
  [
    "GET",
    /^cloudscheduler[^/]+\/v1\/.+\/jobs$/,
    ({ backups: { jobs }, functions, paused, projectId }) => {
      const ofFunctions = [...functions]
        .filter(([, { kind }]) => kind === "schedule")
        .map(([name]) => ({
          name: `projects/${projectId}/locations/${REGION}/jobs/firebase-schedule-${name}-${REGION}`,
          state: paused.has(name) ? "PAUSED" : "ENABLED",
          // google.rpc.Status of a success
          status: {},
        }));
      return json(200, { jobs: [...ofFunctions, ...jobs.values()] });
    },
  ],
  ["POST", /^cloudscheduler[^/]+\/v1\/.+\/jobs$/, keepJob],
  ["PATCH", /^cloudscheduler[^/]+\/v1\/.+\/jobs\/[^/]+$/, keepJob],
  ["GET", /^firestore.+\/collectionGroups\/-\/indexes$/, indexes],
  ["GET", /^firestore.+\/collectionGroups\/-\/fields$/, fields],
  [
    "GET",
    /^firebaserules.+\/releases\/cloud\.firestore$/,
    ({ projectId, rulesetName }) =>
      json(200, {
        name: `projects/${projectId}/releases/cloud.firestore`,
        rulesetName,
        createTime: "2026-01-01T00:00:00Z",
        updateTime: "2026-01-01T00:00:00Z",
      }),
  ],
  [
    "PATCH",
    /^firebaserules.+\/releases\/cloud\.firestore$/,
    (project, { body }) => {
      project.rulesetName = releasePatch.parse(body).release.rulesetName;
      return json(200, {
        name: `projects/${project.projectId}/releases/cloud.firestore`,
        rulesetName: project.rulesetName,
      });
    },
  ],
  [
    "GET",
    /^firebaserules[^/]+\/v1\/(projects\/[^/]+\/rulesets\/.+)$/,
    ({ rulesets }, { parts: [name = ""] }) => {
      const content = rulesets.get(name);
      if (content === undefined) return missing("Requested entity was not found.");
      return json(200, {
        name,
        source: { files: [{ name: "firestore.rules", content, fingerprint: "1" }] },
        createTime: "2026-01-01T00:00:00Z",
      });
    },
  ],
  [
    "GET",
    /^firebasehosting.+\/projects\/[^/]+\/sites$/,
    ({ projectId }) =>
      json(200, {
        sites: [{ name: `projects/${projectId}/sites/${projectId}`, type: "DEFAULT_SITE" }],
      }),
  ],
  [
    "GET",
    /^firebasehosting.+\/channels\/live\/releases$/,
    ({ hostingVersion, projectId }) =>
      json(200, {
        releases: [
          {
            name: `projects/${projectId}/sites/${projectId}/channels/live/releases/1`,
            version: { name: hostingVersion, status: "FINALIZED" },
            type: "DEPLOY",
            releaseTime: "2026-01-01T00:00:00Z",
          },
        ],
      }),
  ],
  [
    "POST",
    /^firebasehosting.+\/channels\/live\/releases$/,
    (project, { url }) => {
      project.hostingVersion = url.searchParams.get("versionName") ?? "";
      return json(200, {
        name: `projects/${project.projectId}/sites/${project.projectId}/channels/live/releases/2`,
        version: { name: project.hostingVersion, status: "FINALIZED" },
        type: "ROLLBACK",
      });
    },
  ],
  [
    "GET",
    /^cloudfunctions.+\/functions$/,
    ({ functions, projectId, number, params }) =>
      json(200, {
        functions: [...functions].map(([name, each]) => ({
          name: `projects/${projectId}/locations/${REGION}/functions/${name}`,
          state: each.state,
          environment: "GEN_2",
          labels: labelsOf(each),
          ...(each.kind === "event"
            ? { eventTrigger: { eventType: "google.cloud.firestore.document.v1.written" } }
            : {}),
          serviceConfig: {
            service: `projects/${projectId}/locations/${REGION}/services/${name.toLowerCase()}`,
            revision: `${name.toLowerCase()}-0000${each.revision}-abc`,
            environmentVariables: { GCLOUD_PROJECT: projectId, ...params },
            serviceAccountEmail: `${number}-compute@developer.gserviceaccount.com`,
          },
        })),
      }),
  ],
  [
    "GET",
    /^run.+\/services\/([^/:]+):getIamPolicy$/,
    ({ functions }, { parts: [service = ""] }) => {
      const found = [...functions].find(([name]) => name.toLowerCase() === service)?.[1];
      return policy(new Map(found?.isPublic === true ? [["roles/run.invoker", ["allUsers"]]] : []));
    },
  ],
  [
    "GET",
    /^run.+\/(services\/[^/:]+)$/,
    ({ projectId }, { parts: [service = ""] }) =>
      json(200, { name: `projects/${projectId}/locations/${REGION}/${service}`, uid: "1" }),
  ],
  [
    "GET",
    /^cloudtasks.+\/(queues\/([^/]+))$/,
    ({ queues, projectId }, { parts: [path = "", queue = ""] }) => {
      const state = queues.get(queue);
      if (state === undefined) return missing("Queue does not exist.");
      return json(200, { name: `projects/${projectId}/locations/${REGION}/${path}`, state });
    },
  ],
  [
    "GET",
    /^cloudquotas.+\/quotaInfos$/,
    ({ cpuQuota, number }) =>
      json(200, {
        quotaInfos: [
          {
            name: `projects/${number}/locations/global/services/run.googleapis.com/quotaInfos/CpuAllocPerProjectRegion`,
            quotaId: "CpuAllocPerProjectRegion",
            metric: "run.googleapis.com/cpu_allocation",
            service: "run.googleapis.com",
            metricDisplayName: "Total CPU allocation",
            dimensions: ["region"],
            dimensionsInfos: [
              {
                dimensions: { region: REGION },
                details: { value: String(cpuQuota) },
                applicableLocations: [REGION],
              },
            ],
          },
        ],
      }),
  ],
  [
    "GET",
    /^firebase\.googleapis.+:searchApps$/,
    ({ apps, projectId }) =>
      json(200, {
        apps: apps.map(({ appId, platform }) => ({
          name: `projects/${projectId}/webApps/${appId}`,
          displayName: "Ambient",
          platform,
          appId,
          state: "ACTIVE",
        })),
      }),
  ],
  [
    "GET",
    /^firebase\.googleapis.+\/webApps\/([^/]+)\/config$/,
    ({ projectId }, { parts: [appId = ""] }) =>
      json(200, {
        projectId,
        appId,
        apiKey: "key",
        authDomain: `${projectId}.firebaseapp.com`,
        storageBucket: `${projectId}.firebasestorage.app`,
        messagingSenderId: "1",
      }),
  ],
  [
    "GET",
    /^firebaseappcheck.+\/(apps\/([^/]+)\/([^/]+))$/,
    ({ apps, number }, { parts: [path = "", appId = "", provider = ""] }) => {
      if (!apps.some((app) => app.appId === appId && app.provider === provider)) {
        return missing("Requested entity was not found.");
      }
      return json(200, {
        name: `projects/${number}/${path}`,
        siteKey: "key",
        tokenTtl: "3600s",
      });
    },
  ],
];

function testPermissions({ operatorPermissions }: GoogleProject, { body }: Request): Answer {
  const { permissions } = testedPermissions.parse(body);
  const held = permissions.filter((each) => operatorPermissions?.includes(each) ?? true);
  // An empty list is left out.
  return json(200, held.length === 0 ? {} : { permissions: held });
}

function policy(roles: ReadonlyMap<string, readonly string[]>): Answer {
  const bindings = [...roles].map(([role, members]) => ({ role, members }));
  // A policy without bindings has no field for them.
  return json(200, { version: 1, etag: "BwY=", ...(bindings.length === 0 ? {} : { bindings }) });
}

function keepJob({ backups: { jobs } }: GoogleProject, { body }: Request): Answer {
  const job = schedulerJob.parse(body);
  const stored = { ...job, state: "ENABLED" };
  jobs.set(job.name, stored);
  return json(200, stored);
}

function indexes({ indexes: all, projectId }: GoogleProject): Answer {
  return json(200, {
    indexes: all.map(({ collectionGroup, queryScope, fields: parts, state }, number) => ({
      name: `projects/${projectId}/databases/(default)/collectionGroups/${collectionGroup}/indexes/${number}`,
      queryScope,
      fields: [...parts, { fieldPath: "__name__", order: parts.at(-1)?.order ?? "ASCENDING" }],
      state,
      density: "SPARSE_ALL",
    })),
  });
}

function fields({ fields: all, projectId }: GoogleProject): Answer {
  return json(200, {
    fields: all.map(({ collectionGroup, fieldPath, indexes: own, ttl }) => ({
      name: `projects/${projectId}/databases/(default)/collectionGroups/${collectionGroup}/fields/${fieldPath}`,
      indexConfig:
        own.length === 0
          ? {}
          : {
              indexes: own.map(({ queryScope, ...kind }) => ({
                queryScope,
                fields: [{ fieldPath, ...kind }],
                state: "READY",
              })),
            },
      ...(ttl === undefined ? {} : { ttlConfig: { state: ttl } }),
    })),
  });
}

function labelsOf({ kind }: DeployedFunction): Readonly<Record<string, string>> {
  return {
    "deployment-tool": "cli-firebase",
    ...(kind === "callable" ? { "deployment-callable": "true" } : {}),
    ...(kind === "task" ? { "deployment-taskqueue": "true" } : {}),
    ...(kind === "schedule" ? { "deployment-scheduled": "true" } : {}),
  };
}

function missing(message: string): Answer {
  return refuse(404, "NOT_FOUND", message);
}

function disabled(host: string, { number }: GoogleProject): Answer {
  const message = `${host} has not been used in project ${number} before or it is disabled.`;
  return refuse(403, "PERMISSION_DENIED", message, [
    {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      "reason": "SERVICE_DISABLED",
      "domain": "googleapis.com",
      "metadata": { service: host, consumer: `projects/${number}` },
    },
  ]);
}

function refuse(code: number, status: string, message: string, details?: object[]): Answer {
  return json(code, { error: { code, message, status, ...(details && { details }) } });
}
