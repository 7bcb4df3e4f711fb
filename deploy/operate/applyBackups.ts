import { z } from "zod";
import type { Edges } from "../edges.js";
import { Google } from "../google/google.js";
import type { Target } from "../target.js";
import { applyResource, named } from "./applyResource.js";
import { backupsFile, readOperateFile } from "./files.js";

/** `firestore:v1` `GoogleFirestoreAdminV1ListBackupSchedulesResponse` */
export const schedulePage = z.object({
  backupSchedules: z.array(named).default([]),
  nextPageToken: z.string().optional(),
});

/**
 * Turns on point-in-time recovery, the scheduled backups and the nightly export, as `operate/backups.json` says. The bucket
 * and the service account of the export have to exist: docs/operate.md#backups.
 */
export async function applyBackups(edges: Edges, { projectId }: Target): Promise<void> {
  const google = new Google(edges, projectId);
  const outputUriPrefix = `gs://${projectId}-exports`;
  const wanted = await readOperateFile(backupsFile, "backups.json", {
    PROJECT_ID: projectId,
    // Cloud Scheduler keeps bytes, in base64.
    EXPORT_BODY: Buffer.from(JSON.stringify({ outputUriPrefix })).toString("base64"),
  });
  const database = `/v1/projects/${projectId}/databases/(default)`;

  const updateDatabase = () => {
    const mask = Object.keys(wanted.database).join(",");
    return google.send(
      named,
      "PATCH",
      "firestore",
      `${database}?updateMask=${mask}`,
      wanted.database,
    );
  };
  await applyResource(
    edges,
    "point-in-time recovery and protection from deletion",
    wanted.database,
    await google.get(named, "firestore", database),
    { create: updateDatabase, update: updateDatabase },
  );

  const pages = await google.list(schedulePage, "firestore", `${database}/backupSchedules`);
  const schedules = pages.flatMap((page) => page.backupSchedules);
  for (const schedule of wanted.schedules) {
    // A database has at most one of each.
    const kind = "dailyRecurrence" in schedule ? "dailyRecurrence" : "weeklyRecurrence";
    await applyResource(
      edges,
      `backups, ${kind}`,
      schedule,
      schedules.find((each) => kind in each),
      {
        create: () =>
          google.send(named, "POST", "firestore", `${database}/backupSchedules`, schedule),
        update: (name) => google.send(named, "PATCH", "firestore", `/v1/${name}`, schedule),
      },
    );
  }

  const { exportJob } = wanted;
  const jobs = exportJob.name.replace(/\/[^/]+$/, "");
  const job = await google.find(named, "cloudscheduler", `/v1/${exportJob.name}`);
  await applyResource(edges, "nightly export", exportJob, job, {
    create: () => google.send(named, "POST", "cloudscheduler", `/v1/${jobs}`, exportJob),
    update: (name) => google.send(named, "PATCH", "cloudscheduler", `/v1/${name}`, exportJob),
  });
}
