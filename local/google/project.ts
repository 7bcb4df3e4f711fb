import { join } from "node:path";
import { z } from "zod";
import { functionTable } from "../../functions/src/functionOptions.js";
import { type JsonRecord, readJson } from "../files/json.js";
import { root } from "../files/paths.js";
import { type MonitoringState, noMonitoring } from "./monitoring.js";

/** A simulated Google Cloud project. Tests remove parts of it. */
export interface GoogleProject {
  readonly projectId: string;
  readonly number: string;
  /** The operator's permissions; undefined: each one that a request tests. */
  operatorPermissions: readonly string[] | undefined;
  /** APIs that refuse the operator, by host. */
  readonly forbiddenApis: Set<string>;
  billingAccount: string;
  readonly enabledApis: Set<string>;
  readonly secrets: Map<string, SecretVersion[]>;
  /** Role → members. */
  readonly projectRoles: Map<string, string[]>;
  readonly runtimeAccountRoles: Map<string, string[]>;
  hasAuth: boolean;
  hasDatabase: boolean;
  /** The fields of `config/client`, as Firestore's REST API has them. */
  clientConfig: JsonRecord | undefined;
  indexes: DeployedIndex[];
  fields: DeployedField[];
  readonly functions: Map<string, DeployedFunction>;
  readonly queues: Map<string, "RUNNING" | "PAUSED">;
  /** In thousandths. */
  cpuQuota: number;
  readonly apps: { readonly appId: string; readonly platform: string; readonly provider: string }[];
  budgets: { readonly displayName: string; readonly projects: readonly string[] }[];
  rulesetName: string;
  /** Ruleset name → rules. */
  readonly rulesets: Map<string, string>;
  hostingVersion: string;
  readonly monitoring: MonitoringState;
  readonly backups: {
    /** The fields of the database that concern its recovery. */
    database: JsonRecord;
    readonly schedules: Map<string, JsonRecord>;
    /** Cloud Scheduler's jobs, in addition to those of the functions. */
    readonly jobs: Map<string, JsonRecord>;
  };
  /** The params of the deployed functions, which are variables of their environment. */
  readonly params: Record<string, string>;
  /** Scheduled functions whose jobs somebody paused. */
  readonly paused: Set<string>;
}

export interface SecretVersion {
  readonly state: "ENABLED" | "DISABLED" | "DESTROYED";
  readonly value: string;
}

interface IndexField {
  readonly fieldPath: string;
  readonly order?: string | undefined;
  readonly arrayConfig?: string | undefined;
}

export interface DeployedIndex {
  readonly collectionGroup: string;
  readonly queryScope: string;
  readonly fields: readonly IndexField[];
  state: "READY" | "CREATING" | "NEEDS_REPAIR";
}

export interface DeployedField {
  readonly collectionGroup: string;
  readonly fieldPath: string;
  readonly indexes: readonly (Omit<IndexField, "fieldPath"> & { readonly queryScope: string })[];
  ttl: "ACTIVE" | "CREATING" | undefined;
}

export interface DeployedFunction {
  state: "ACTIVE" | "FAILED" | "DEPLOYING";
  readonly kind: "callable" | "http" | "event" | "task" | "schedule";
  isPublic: boolean;
  revision: number;
}

const kinds: Readonly<Record<string, DeployedFunction["kind"]>> = {
  audioWebhook: "http",
  stripeWebhook: "http",
  share: "http",
  serverTime: "http",
  health: "http",
  publishFeed: "task",
  notify: "task",
  sweepShow: "task",
  countFollowers: "task",
  sweepShows: "schedule",
  expireData: "schedule",
  checkPayments: "schedule",
  sweepBlocks: "schedule",
  sweepFollowers: "schedule",
  sweepAccounts: "schedule",
  sweepDeletions: "schedule",
};

const specification = z.object({
  indexes: z.array(
    z.object({
      collectionGroup: z.string(),
      queryScope: z.string(),
      fields: z.array(
        z.object({
          fieldPath: z.string(),
          order: z.string().optional(),
          arrayConfig: z.string().optional(),
        }),
      ),
    }),
  ),
  fieldOverrides: z.array(
    z.object({
      collectionGroup: z.string(),
      fieldPath: z.string(),
      ttl: z.boolean().optional(),
      indexes: z.array(
        z.object({
          queryScope: z.string(),
          order: z.string().optional(),
          arrayConfig: z.string().optional(),
        }),
      ),
    }),
  ),
});

const apis = [
  "artifactregistry",
  "cloudbuild",
  "cloudfunctions",
  "cloudquotas",
  "cloudscheduler",
  "cloudtasks",
  "eventarc",
  "fcm",
  "firebase",
  "firebaseappcheck",
  "firebasehosting",
  "firebaserules",
  "firestore",
  "iam",
  "iamcredentials",
  "identitytoolkit",
  "logging",
  "monitoring",
  "pubsub",
  "run",
  "secretmanager",
];

/** A project in which everything is deployed and nothing is missing. */
export async function deployedProject(projectId: string, rules: string): Promise<GoogleProject> {
  const number = "123456789012";
  const runtime = `serviceAccount:${number}-compute@developer.gserviceaccount.com`;
  const { indexes, fieldOverrides } = specification.parse(
    await readJson(join(root, "firestore.indexes.json")),
  );
  const rulesetName = `projects/${projectId}/rulesets/first`;
  const names = Object.keys(functionTable);
  return {
    projectId,
    number,
    operatorPermissions: undefined,
    forbiddenApis: new Set(),
    billingAccount: "billingAccounts/0A1B2C-3D4E5F-6A7B8C",
    enabledApis: new Set(apis.map((api) => `${api}.googleapis.com`)),
    secrets: new Map(
      [
        "LIVEKIT_API_SECRET",
        "SPOTIFY_CLIENT_SECRET",
        "SPOTIFY_CREDENTIAL_KEYS",
        "STRIPE_SECRET_KEY",
        "STRIPE_WEBHOOK_SECRET",
      ].map((name) => [name, [{ state: "ENABLED", value: `value of ${name}` }]]),
    ),
    projectRoles: new Map([["roles/editor", [runtime]]]),
    runtimeAccountRoles: new Map([["roles/iam.serviceAccountTokenCreator", [runtime]]]),
    hasAuth: true,
    hasDatabase: true,
    clientConfig: {
      minVersions: {
        mapValue: {
          fields: {
            ios: { stringValue: "1.0.0" },
            android: { stringValue: "1.0.0" },
            web: { stringValue: "1.0.0" },
          },
        },
      },
      features: { mapValue: {} },
      tags: { arrayValue: { values: [{ stringValue: "jazz" }] } },
      termsVersion: { integerValue: "1" },
    },
    indexes: indexes.map((index) => ({ ...index, state: "READY" })),
    fields: fieldOverrides.map(({ ttl, ...field }) => ({
      ...field,
      ttl: ttl === true ? "ACTIVE" : undefined,
    })),
    functions: new Map(
      names.map((name) => {
        const kind = kinds[name] ?? (functionTableGroup(name) === "events" ? "event" : "callable");
        const isPublic = kind === "callable" || kind === "http";
        return [name, { state: "ACTIVE", kind, isPublic, revision: 1 }];
      }),
    ),
    queues: new Map(
      names.filter((name) => kinds[name] === "task").map((name) => [name, "RUNNING"]),
    ),
    cpuQuota: 10_000_000,
    apps: [{ appId: "1:1:web:1", platform: "WEB", provider: "recaptchaEnterpriseConfig" }],
    budgets: [{ displayName: "Ambient", projects: [`projects/${number}`] }],
    rulesetName,
    rulesets: new Map([[rulesetName, rules]]),
    monitoring: noMonitoring(),
    backups: {
      database: { pointInTimeRecoveryEnablement: "POINT_IN_TIME_RECOVERY_ENABLED" },
      schedules: new Map(),
      jobs: new Map(),
    },
    params: {},
    paused: new Set(),
    hostingVersion: `sites/${projectId}/versions/first`,
  };
}

function functionTableGroup(name: string): string {
  return Object.entries(functionTable).find(([each]) => each === name)?.[1].group ?? "";
}
