import type { LogLine } from "../../../functions/test/support/captureLog.js";
import type { JsonRecord } from "../../../local/files/json.js";

/** The log entry that Cloud Run makes of a line: https://cloud.google.com/run/docs/logging#special-fields */
export function entryOf({ severity, ...line }: LogLine): JsonRecord {
  const { "logging.googleapis.com/trace": trace, ...payload } = line;
  const isText = Object.keys(payload).join() === "message";
  return {
    severity,
    trace,
    resource: { type: "cloud_run_revision" },
    ...(isText ? { textPayload: payload.message } : { jsonPayload: payload }),
  };
}

/** The entry that Cloud Run itself writes about a request or an instance: https://cloud.google.com/run/docs/logging */
export function platformEntry(
  log: "requests" | "varlog%2Fsystem",
  severity: "WARNING" | "ERROR",
  textPayload: string | undefined,
): JsonRecord {
  return {
    severity,
    logName: `projects/ambient-test/logs/run.googleapis.com%2F${log}`,
    resource: { type: "cloud_run_revision", labels: { service_name: "joinshow" } },
    ...(textPayload !== undefined && { textPayload }),
    ...(log === "requests" && { httpRequest: { status: severity === "ERROR" ? 504 : 429 } }),
  };
}

/** The entry that Cloud Scheduler writes about an attempt of a job: https://cloud.google.com/scheduler/docs/logging */
export function attemptEntry(job: string, severity: "INFO" | "ERROR"): JsonRecord {
  return {
    severity,
    logName: "projects/ambient-test/logs/cloudscheduler.googleapis.com%2Fexecutions",
    resource: { type: "cloud_scheduler_job", labels: { job_id: job, location: "us-central1" } },
    jsonPayload: {
      "@type": "type.googleapis.com/google.cloud.scheduler.logging.AttemptFinished",
      "jobName": `projects/ambient-test/locations/us-central1/jobs/${job}`,
      ...(severity === "ERROR" && { status: "INTERNAL" }),
    },
  };
}
