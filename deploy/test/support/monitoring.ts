import { z } from "zod";
import { isRecord, type JsonRecord } from "../../../local/files/json.js";
import { matchesFilter } from "../../../local/google/filter.js";
import { alertPolicy, logMetric } from "../../../local/google/monitoring.js";
import { alertsFile, metricsFile, readOperateFile } from "../../operate/files.js";
import { PROJECT_ID } from "./world.js";

type Metric = z.infer<typeof logMetric>;
type Policy = z.infer<typeof alertPolicy>;

/** What the placeholders in `operate/` stand for. */
export const values = { PROJECT_ID, UPTIME_CHECK_ID: "1000" };

export async function metrics(): Promise<readonly Metric[]> {
  return z.array(logMetric).parse(await readOperateFile(metricsFile, "metrics.json", values));
}

export async function policies(): Promise<readonly Policy[]> {
  return z.array(alertPolicy).parse(await readOperateFile(alertsFile, "alerts.json", values));
}

/** The names of the alerts that these points cause, if they fall into one alignment period. */
export async function firingAlerts(points: readonly Point[]): Promise<readonly string[]> {
  return (await policies())
    .filter((policy) => isFiring(policy, points))
    .map(({ displayName }) => displayName);
}

/** One value of a time series, with the names by which filters know it. */
export interface Point {
  readonly metric: { readonly type: string; readonly label: Readonly<Record<string, string>> };
  readonly resource: {
    readonly type: string;
    readonly label: Readonly<Record<string, string>>;
  };
  readonly value: number | boolean;
}

/** What the log-based metrics count of a log. */
export function pointsOf(
  metrics: readonly Metric[],
  entries: readonly JsonRecord[],
): readonly Point[] {
  return metrics.flatMap(({ name, filter, labelExtractors, valueExtractor }) =>
    entries
      .filter((entry) => matchesFilter(filter, entry))
      .map((entry) => ({
        metric: {
          type: `logging.googleapis.com/user/${name}`,
          label: Object.fromEntries(
            Object.entries(labelExtractors ?? {}).map(([key, extractor]) => [
              key,
              textOf(extract(extractor, entry)),
            ]),
          ),
        },
        resource: resourceOf(entry),
        value: valueExtractor === undefined ? 1 : Number(extract(valueExtractor, entry)),
      })),
  );
}

/** A time series has the resource of the entries that it counts. */
function resourceOf({ resource }: JsonRecord): Point["resource"] {
  return z
    .object({ type: z.string(), labels: z.record(z.string(), z.string()).default({}) })
    .transform(({ type, labels }) => ({ type, label: labels }))
    .parse(resource);
}

function extract(extractor: string, { jsonPayload }: JsonRecord): unknown {
  const [, field = ""] = /^EXTRACT\(jsonPayload\.(\w+)\)$/.exec(extractor) ?? [];
  return isRecord(jsonPayload) ? jsonPayload[field] : undefined;
}

function textOf(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Whether a policy alerts if these points fall into one alignment period. */
function isFiring({ conditions }: Policy, points: readonly Point[]): boolean {
  return conditions.some((condition) => {
    if ("conditionAbsent" in condition) {
      return !points.some((point) => matchesFilter(condition.conditionAbsent.filter, point));
    }
    const { filter, aggregations, thresholdValue } = condition.conditionThreshold;
    const [aggregation] = aggregations;
    if (!aggregation) throw new Error("a condition without an aggregation");
    const found = points.filter((point) => matchesFilter(filter, point));
    const groups = Map.groupBy(found, ({ metric, resource }) =>
      (aggregation.groupByFields ?? [])
        .map((field) => {
          const [of, , label = ""] = field.split(".");
          return (of === "metric" ? metric : resource).label[label];
        })
        .join(),
    );
    return [...groups.values()].some(
      (group) => reduced(aggregation.crossSeriesReducer, group) > thresholdValue,
    );
  });
}

function reduced(reducer: string, points: readonly Point[]): number {
  const values = points.map(({ value }) => Number(value)).sort((a, b) => a - b);
  switch (reducer) {
    case "REDUCE_SUM":
      return values.reduce((sum, value) => sum + value, 0);
    case "REDUCE_MAX":
      return values.at(-1) ?? 0;
    case "REDUCE_PERCENTILE_95":
      return values[Math.ceil(values.length * 0.95) - 1] ?? 0;
    case "REDUCE_COUNT_FALSE":
      return points.filter(({ value }) => value === false).length;
    default:
      throw new Error(`no policy reduces by ${reducer}`);
  }
}
