import { z } from "zod";
import { isRecord, type JsonRecord } from "../files/json.js";
import { type Answer, json } from "../http/answer.js";
import { FilterError, matchesFilter } from "./filter.js";

/**
 * Cloud Logging's metrics and Cloud Monitoring's uptime checks, alert policies and dashboards, with the fields that the
 * files in `operate/` use. A field that Google does not have is refused, as Google refuses it.
 */
export interface MonitoringState {
  readonly metrics: Map<string, JsonRecord>;
  /** By collection and name, such as `alertPolicies`. */
  readonly resources: Map<string, Map<string, JsonRecord>>;
  notificationChannels: readonly { readonly name: string; readonly enabled?: boolean }[];
  /** How often a policy for a new metric is refused before Cloud Monitoring knows the metric. */
  refusals: number;
}

export function noMonitoring(): MonitoringState {
  return { metrics: new Map(), resources: new Map(), notificationChannels: [], refusals: 2 };
}

const text = z.string().min(1);
const filter = text.refine((value) => {
  try {
    matchesFilter(value, {});
    return true;
  } catch (error) {
    if (error instanceof FilterError) return false;
    throw error;
  }
}, "is not a filter");
const duration = z.string().regex(/^\d+s$/);

/** `logging:v2` `LogMetric` */
export const logMetric = z.strictObject({
  name: text,
  description: text,
  filter,
  metricDescriptor: z.strictObject({
    metricKind: z.literal("DELTA"),
    valueType: z.enum(["INT64", "DISTRIBUTION"]),
    unit: text,
    labels: z
      .array(z.strictObject({ key: text, valueType: z.literal("STRING"), description: text }))
      .optional(),
  }),
  labelExtractors: z
    .record(z.string(), z.string().regex(/^EXTRACT\(jsonPayload\.\w+\)$/))
    .optional(),
  valueExtractor: z
    .string()
    .regex(/^EXTRACT\(jsonPayload\.\w+\)$/)
    .optional(),
  bucketOptions: z
    .strictObject({
      exponentialBuckets: z.strictObject({
        numFiniteBuckets: z.int().min(1).max(200),
        growthFactor: z.number().gt(1),
        scale: z.number().gt(0),
      }),
    })
    .optional(),
});

/** `monitoring:v3` and `monitoring:v1` `Aggregation` */
const aggregation = z.strictObject({
  alignmentPeriod: duration,
  perSeriesAligner: z.enum(["ALIGN_DELTA", "ALIGN_MAX", "ALIGN_NEXT_OLDER", "ALIGN_FRACTION_TRUE"]),
  crossSeriesReducer: z.enum([
    "REDUCE_SUM",
    "REDUCE_MAX",
    "REDUCE_MEAN",
    "REDUCE_PERCENTILE_95",
    "REDUCE_COUNT_FALSE",
  ]),
  groupByFields: z.array(text).optional(),
});
const trigger = z.strictObject({ count: z.int().positive() });

/** `monitoring:v3` `Condition`, one of two kinds */
const condition = z.union([
  z.strictObject({
    displayName: text,
    conditionThreshold: z.strictObject({
      filter,
      aggregations: z.array(aggregation),
      comparison: z.literal("COMPARISON_GT"),
      thresholdValue: z.number(),
      duration,
      trigger,
    }),
  }),
  z.strictObject({
    displayName: text,
    conditionAbsent: z.strictObject({
      filter,
      aggregations: z.array(aggregation),
      duration,
      trigger,
    }),
  }),
]);

/** `monitoring:v3` `AlertPolicy` */
export const alertPolicy = z.strictObject({
  displayName: text,
  userLabels: z.record(z.string().regex(/^[a-z][a-z0-9_-]*$/), z.string().regex(/^[a-z0-9_-]*$/)),
  severity: z.enum(["CRITICAL", "ERROR", "WARNING"]),
  combiner: z.literal("OR"),
  conditions: z.array(condition).min(1).max(6),
  documentation: z.strictObject({
    mimeType: z.literal("text/markdown"),
    content: z.string().max(8_192),
  }),
  alertStrategy: z.strictObject({ autoClose: duration }),
  enabled: z.boolean(),
  notificationChannels: z.array(text).default([]),
});

/** `monitoring:v3` `UptimeCheckConfig` */
const uptimeCheck = z.strictObject({
  displayName: text,
  monitoredResource: z.strictObject({
    type: z.literal("uptime_url"),
    labels: z.strictObject({ project_id: text, host: text }),
  }),
  httpCheck: z.strictObject({
    requestMethod: z.literal("GET"),
    path: z.string().startsWith("/"),
    port: z.int(),
    useSsl: z.boolean(),
    validateSsl: z.boolean(),
    acceptedResponseStatusCodes: z.array(
      z.strictObject({ statusClass: z.literal("STATUS_CLASS_2XX") }),
    ),
  }),
  period: z.enum(["60s", "300s", "600s", "900s"]),
  timeout: duration,
  checkerType: z.literal("STATIC_IP_CHECKERS"),
});

/** `monitoring:v1` `Dashboard` */
const dashboard = z.strictObject({
  displayName: text,
  mosaicLayout: z.strictObject({
    columns: z.int().max(48),
    tiles: z.array(
      z.strictObject({
        xPos: z.int().nonnegative(),
        yPos: z.int().nonnegative(),
        width: z.int().positive(),
        height: z.int().positive(),
        widget: z.strictObject({
          title: text,
          xyChart: z.strictObject({
            dataSets: z.array(
              z.strictObject({
                plotType: z.enum(["LINE", "STACKED_AREA", "STACKED_BAR"]),
                timeSeriesQuery: z.strictObject({
                  timeSeriesFilter: z.strictObject({ filter, aggregation }),
                }),
              }),
            ),
            yAxis: z.strictObject({ label: z.string(), scale: z.literal("LINEAR") }),
          }),
        }),
      }),
    ),
  }),
});

const shapes: Readonly<Record<string, z.ZodType<JsonRecord>>> = {
  uptimeCheckConfigs: uptimeCheck,
  alertPolicies: alertPolicy,
  dashboards: dashboard,
};

interface Request {
  readonly method: string;
  /** Such as `/v3/projects/p/alertPolicies`. */
  readonly path: string;
  readonly body: unknown;
}

/** Answers of `logging.googleapis.com` and `monitoring.googleapis.com`. */
export function answerMonitoring(
  projectId: string,
  state: MonitoringState,
  { method, path, body }: Request,
): Answer {
  const [, , , collection = "", id] = path.split("/").slice(1).map(decodeURIComponent);
  if (collection === "notificationChannels") {
    // Whether a channel is enabled is a BoolValue, of which false is not left out.
    return json(200, { notificationChannels: state.notificationChannels });
  }
  const isMetric = collection === "metrics";
  const all = isMetric ? state.metrics : resourcesIn(state, collection);
  if (method === "GET") return json(200, withoutDefaults({ [collection]: [...all.values()] }));
  const shape = isMetric ? logMetric : shapes[collection];
  if (!shape) throw new Error(`the local Google has no ${collection}`);
  const parsed = shape.safeParse(body);
  if (!parsed.success) return refuse(400, "INVALID_ARGUMENT", parsed.error.message);
  const isNew = id === undefined;
  const ownName = isMetric && isRecord(body) ? String(body.name) : undefined;
  if (isMetric && !isNew && id !== ownName) return refuse(400, "INVALID_ARGUMENT", "another name");
  if (isNew && ownName !== undefined && all.has(ownName)) {
    return refuse(409, "ALREADY_EXISTS", ownName);
  }
  if (collection === "alertPolicies" && isNew && state.refusals > 0) {
    state.refusals -= 1;
    return refuse(404, "NOT_FOUND", "Cannot find metric that matches type = …");
  }
  const name = ownName ?? `projects/${projectId}/${collection}/${id ?? String(1_000 + all.size)}`;
  const stored = { ...parsed.data, name };
  all.set(name, stored);
  return json(200, withoutDefaults(stored));
}

function resourcesIn({ resources }: MonitoringState, collection: string): Map<string, JsonRecord> {
  const all = resources.get(collection) ?? new Map<string, JsonRecord>();
  resources.set(collection, all);
  return all;
}

/** As protocol buffers become JSON: what is zero, empty or false is left out. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (!isRecord(value)) return value;
  const isDefault = (part: unknown) => !part || (Array.isArray(part) && part.length === 0);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => !isDefault(part))
      .map(([name, part]) => [name, withoutDefaults(part)]),
  );
}

function refuse(code: number, status: string, message: string): Answer {
  return json(code, { error: { code, message, status } });
}
