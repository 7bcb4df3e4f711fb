import { z } from "zod";

/**
 * What Google's APIs answer, as far as doctor and deploy read it. The shapes are those of Google's discovery documents
 * (https://www.googleapis.com/discovery/v1/apis), named at each group; firebase-tools reads the same answers.
 */

/** google.rpc.Status, which every API answers when it refuses. */
export const errorAnswer = z.object({
  error: z.object({
    message: z.string(),
    status: z.string().optional(),
    details: z.array(z.object({ reason: z.string().optional() })).optional(),
  }),
});

const policyBinding = z.object({ role: z.string(), members: z.array(z.string()).default([]) });
/** `iam:v1`, `run:v2`, `cloudresourcemanager:v3` `Policy` */
export const policy = z.object({ bindings: z.array(policyBinding).default([]) });
export type PolicyBinding = z.infer<typeof policyBinding>;

/** `cloudresourcemanager:v3` `Project` */
export const project = z.object({
  name: z.string(),
  projectId: z.string(),
  state: z.string().default("STATE_UNSPECIFIED"),
});
/** `cloudresourcemanager:v3` `TestIamPermissionsResponse` */
export const permissionsAnswer = z.object({ permissions: z.array(z.string()).default([]) });

/** `cloudbilling:v1` `ProjectBillingInfo` */
export const billingInfo = z.object({
  billingAccountName: z.string().default(""),
  billingEnabled: z.boolean().default(false),
});

/** `billingbudgets:v1` `GoogleCloudBillingBudgetsV1Budget` */
const budget = z.object({
  displayName: z.string().default(""),
  budgetFilter: z.object({ projects: z.array(z.string()).default([]) }).optional(),
  thresholdRules: z.array(z.object({ thresholdPercent: z.number() })).default([]),
});
export const budgets = z.object({
  budgets: z.array(budget).default([]),
  nextPageToken: z.string().optional(),
});

/** `serviceusage:v1` `GoogleApiServiceusageV1Service` */
export const services = z.object({
  services: z.array(z.object({ config: z.object({ name: z.string() }) })).default([]),
  nextPageToken: z.string().optional(),
});

/** `secretmanager:v1` `SecretVersion` */
const secretVersion = z.object({ name: z.string(), state: z.string() });
export const secretVersions = z.object({
  versions: z.array(secretVersion).default([]),
  nextPageToken: z.string().optional(),
});
/** `secretmanager:v1` `AccessSecretVersionResponse`; the data is in base64. */
export const secretValue = z.object({ payload: z.object({ data: z.string() }) });

/** `identitytoolkit:v2` `GoogleCloudIdentitytoolkitAdminV2Config`; Google answers 404 until Authentication was started. */
export const authConfig = z.object({ name: z.string() });

/** `firestore:v1` `GoogleFirestoreAdminV1Database` */
export const database = z.object({
  locationId: z.string(),
  type: z.string(),
  pointInTimeRecoveryEnablement: z.string().optional(),
});
/** `firestore:v1` `Value`, as JSON. A kind that no configuration has stays as it is. */
const firestoreValue: z.ZodType = z.lazy(() =>
  z.union([
    z.strictObject({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
    z.strictObject({ booleanValue: z.boolean() }).transform(({ booleanValue }) => booleanValue),
    z.strictObject({ integerValue: z.string() }).transform((value) => Number(value.integerValue)),
    z
      .strictObject({ arrayValue: z.object({ values: z.array(firestoreValue).default([]) }) })
      .transform(({ arrayValue }) => arrayValue.values),
    z
      .strictObject({ mapValue: z.object({ fields: firestoreFields.default({}) }) })
      .transform(({ mapValue }) => mapValue.fields),
    z.looseObject({}),
  ]),
);
const firestoreFields = z.record(z.string(), firestoreValue);
/** `firestore:v1` `Document` */
export const firestoreDocument = z.object({ fields: firestoreFields.default({}) });
const indexField = z.object({
  fieldPath: z.string(),
  order: z.string().optional(),
  arrayConfig: z.string().optional(),
});
/** `firestore:v1` `GoogleFirestoreAdminV1Index` */
const index = z.object({
  name: z.string(),
  queryScope: z.string(),
  fields: z.array(indexField),
  state: z.string(),
});
export const indexes = z.object({
  indexes: z.array(index).default([]),
  nextPageToken: z.string().optional(),
});
/** `firestore:v1` `GoogleFirestoreAdminV1Field` */
const field = z.object({
  name: z.string(),
  ttlConfig: z.object({ state: z.string() }).optional(),
  indexConfig: z
    .object({
      indexes: z
        .array(
          index
            .pick({ queryScope: true, fields: true })
            .extend({ state: z.string().default("READY") }),
        )
        .default([]),
      usesAncestorConfig: z.boolean().default(false),
    })
    .optional(),
});
export const fields = z.object({
  fields: z.array(field).default([]),
  nextPageToken: z.string().optional(),
});

/** `firebaserules:v1` `Release` and `Ruleset` */
export const rulesRelease = z.object({ name: z.string(), rulesetName: z.string() });
export const ruleset = z.object({
  name: z.string(),
  source: z.object({ files: z.array(z.object({ name: z.string(), content: z.string() })) }),
});

/** `firebasehosting:v1beta1` `Site` and `Release` */
export const sites = z.object({
  sites: z.array(z.object({ name: z.string(), type: z.string().optional() })).default([]),
});
export const hostingReleases = z.object({
  releases: z
    .array(z.object({ name: z.string(), version: z.object({ name: z.string() }).optional() }))
    .default([]),
});

/** `cloudfunctions:v2` `Function` */
const deployedFunction = z.object({
  name: z.string(),
  state: z.string(),
  labels: z.record(z.string(), z.string()).default({}),
  eventTrigger: z.object({ eventType: z.string() }).optional(),
  serviceConfig: z
    .object({
      service: z.string().optional(),
      revision: z.string().optional(),
      serviceAccountEmail: z.string().optional(),
      environmentVariables: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
});
export type DeployedFunction = z.infer<typeof deployedFunction>;
export const deployedFunctions = z.object({
  functions: z.array(deployedFunction).default([]),
  nextPageToken: z.string().optional(),
});
/** `run:v2` `GoogleCloudRunV2Service` */
export const runService = z.object({ invokerIamDisabled: z.boolean().default(false) });

/** `cloudscheduler:v1` `Job` */
const job = z.object({
  name: z.string(),
  state: z.string(),
  /** google.rpc.Status of the last attempt */
  status: z.object({ code: z.int().default(0), message: z.string().default("") }).optional(),
});
export type Job = z.infer<typeof job>;
export const jobs = z.object({
  jobs: z.array(job).default([]),
  nextPageToken: z.string().optional(),
});

/** `cloudtasks:v2` `Queue` */
export const taskQueue = z.object({ name: z.string(), state: z.string() });

/** `cloudquotas:v1` `QuotaInfo`; numbers of 64 bits are strings. */
const quotaInfo = z.object({
  metric: z.string(),
  metricUnit: z.string().optional(),
  dimensionsInfos: z
    .array(
      z.object({
        dimensions: z.record(z.string(), z.string()).default({}),
        details: z.object({ value: z.string() }).optional(),
        applicableLocations: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});
export const quotaInfos = z.object({
  quotaInfos: z.array(quotaInfo).default([]),
  nextPageToken: z.string().optional(),
});

/** `firebase:v1beta1` `FirebaseAppInfo` */
const firebaseApp = z.object({
  appId: z.string(),
  displayName: z.string().default(""),
  platform: z.string(),
});
export type FirebaseApp = z.infer<typeof firebaseApp>;
export const firebaseApps = z.object({
  apps: z.array(firebaseApp).default([]),
  nextPageToken: z.string().optional(),
});
/** `firebase:v1beta1` `WebAppConfig` */
export const webAppConfig = z.object({
  projectId: z.string(),
  appId: z.string(),
  apiKey: z.string(),
});

/**
 * `firebaseappcheck:v1` `…RecaptchaV3Config`, `…RecaptchaEnterpriseConfig`, `…PlayIntegrityConfig`, `…AppAttestConfig` and
 * `…DeviceCheckConfig`. Google answers 404 for a provider that is not registered.
 */
export const appCheckConfig = z.object({
  name: z.string(),
  siteKey: z.string().optional(),
  siteSecretSet: z.boolean().optional(),
  privateKeySet: z.boolean().optional(),
});

/** `iamcredentials:v1` `SignJwtResponse` */
export const signedJwt = z.object({ signedJwt: z.string() });
