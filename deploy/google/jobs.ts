import { REGION } from "../../functions/src/contract/region.js";
import { jobs, type Job } from "./answers.js";
import type { Google } from "./google.js";

/** Cloud Scheduler's jobs in the functions' region, by their last name. */
export async function listJobs(google: Google): Promise<ReadonlyMap<string, Job>> {
  const path = `/v1/projects/${google.projectId}/locations/${REGION}/jobs`;
  const pages = await google.list(jobs, "cloudscheduler", path);
  return new Map(
    pages.flatMap((page) => page.jobs).map((each) => [each.name.split("/").at(-1) ?? "", each]),
  );
}

export function resumeJob(projectId: string, name: string): string {
  return `gcloud scheduler jobs resume ${name} --location ${REGION} --project ${projectId}`;
}
