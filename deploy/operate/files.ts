import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { parseJson } from "../../local/files/json.js";
import { root } from "../../local/files/paths.js";

/** `logging:v2` `LogMetric` */
export const metricsFile = z.array(z.looseObject({ name: z.string() }));
/** `monitoring:v3` `UptimeCheckConfig`, `monitoring:v1` `Dashboard` */
export const displayedFile = z.looseObject({ displayName: z.string() });
/** `monitoring:v3` `AlertPolicy` */
export const alertsFile = z.array(displayedFile);
/** `firestore:v1` `GoogleFirestoreAdminV1Database` and `GoogleFirestoreAdminV1BackupSchedule`, `cloudscheduler:v1` `Job` */
export const backupsFile = z.object({
  database: z.record(z.string(), z.string()),
  schedules: z.array(
    z.union([
      z.strictObject({ retention: z.string(), dailyRecurrence: z.strictObject({}) }),
      z.strictObject({
        retention: z.string(),
        weeklyRecurrence: z.strictObject({ day: z.string() }),
      }),
    ]),
  ),
  exportJob: z.looseObject({ name: z.string() }),
});

/** A file in `operate/`, in the shape that Google takes, with its placeholders such as `${PROJECT_ID}` replaced. */
export async function readOperateFile<Schema extends z.ZodType>(
  schema: Schema,
  name: string,
  values: Readonly<Record<string, string>>,
): Promise<z.output<Schema>> {
  const text = await readFile(join(root, "operate", name), "utf8");
  const filled = text.replaceAll(/\$\{([A-Z_]+)\}/g, (_, placeholder: string) => {
    const value = values[placeholder];
    if (value === undefined) throw new Error(`${name} has an unknown placeholder: ${placeholder}`);
    return value;
  });
  return schema.parse(parseJson(filled));
}
