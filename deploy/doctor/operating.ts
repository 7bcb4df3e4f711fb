import type { Job } from "../google/answers.js";
import { listJobs, resumeJob } from "../google/jobs.js";
import { schedulePage } from "../operate/applyBackups.js";
import { alertPage, uptimePage } from "../operate/applyMonitoring.js";
import { alertsFile, displayedFile, readOperateFile } from "../operate/files.js";
import type { Target } from "../target.js";
import { type Check, type Finding, note, ok, type Subject } from "./finding.js";

/** Whether the files in `operate/` were applied, as far as a missing part shows it. */
export const monitoring: Check = {
  name: "Alerts",
  isOptional: true,
  async run(subject) {
    const { google, target } = subject;
    const parent = `/v3/projects/${target.projectId}`;
    const values = { PROJECT_ID: target.projectId, UPTIME_CHECK_ID: "" };
    const [alerts, uptime, policies, checks] = await Promise.all([
      readOperateFile(alertsFile, "alerts.json", values),
      readOperateFile(displayedFile, "uptime.json", values),
      google.list(alertPage, "monitoring", `${parent}/alertPolicies`),
      google.list(uptimePage, "monitoring", `${parent}/uptimeCheckConfigs`),
    ]);
    return [
      compare(subject, {
        name: this.name,
        wanted: alerts,
        found: policies.flatMap((page) => page.alertPolicies),
        without: "failures go unnoticed",
      }),
      compare(subject, {
        name: "Uptime check",
        wanted: [uptime],
        found: checks.flatMap((page) => page.uptimeCheckConfigs),
        without: "outages go unnoticed",
      }),
    ];
  },
};

interface Displayed {
  readonly displayName: string;
}

function compare(
  { target }: Subject,
  {
    name,
    wanted,
    found,
    without,
  }: {
    readonly name: string;
    readonly wanted: readonly Displayed[];
    readonly found: readonly Displayed[];
    readonly without: string;
  },
): Finding {
  const names = new Set(found.map(({ displayName }) => displayName));
  const missing = wanted.filter(({ displayName }) => !names.has(displayName));
  if (missing.length === 0) return ok(name, `${wanted.length} in place`);
  const detail = `${missing.length} of ${wanted.length} missing: ${without}`;
  return note(name, detail, applyCommand(target.name));
}

export const backups: Check = {
  name: "Backups",
  isOptional: true,
  async run({ google, target }) {
    const path = `/v1/projects/${target.projectId}/databases/(default)/backupSchedules`;
    const [pages, jobs] = await Promise.all([
      google.list(schedulePage, "firestore", path),
      listJobs(google),
    ]);
    const count = pages.flatMap((page) => page.backupSchedules).length;
    return [
      count > 0
        ? ok(this.name, `${count} scheduled`)
        : note(this.name, "none is scheduled", applyCommand(target.name)),
      examineExport(target, jobs.get(EXPORT_JOB)),
    ];
  },
};

const EXPORT_JOB = "ambient-export";

function examineExport(target: Target, job: Job | undefined): Finding {
  const name = "Nightly export";
  if (!job) return note(name, "none is scheduled", applyCommand(target.name));
  if (job.state !== "ENABLED") {
    return note(name, `its job is ${job.state}`, resumeJob(target.projectId, EXPORT_JOB));
  }
  const { code = 0, message = "" } = job.status ?? {};
  if (code === 0) return ok(name, "its last run succeeded, or it has not run yet");
  const remedy = "create the bucket and the account: docs/operate.md#backups";
  return note(name, `its last run failed: ${message}`, remedy);
}

function applyCommand(alias: string): string {
  return `npm run operate:apply -- --project ${alias}`;
}
