import { REGION } from "../../functions/src/contract/region.js";
import { functionTable } from "../../functions/src/functionOptions.js";
import {
  countFollowersQueue,
  notifyQueue,
  publishFeedQueue,
  sweepShowQueue,
} from "../../functions/src/tasks/queues.js";
import { policy, quotaInfos, runService, taskQueue } from "../google/answers.js";
import { isPublic, isScheduled, listFunctions, runServicePath } from "../google/functions.js";
import type { Google } from "../google/google.js";
import { listJobs, resumeJob } from "../google/jobs.js";
import type { Target } from "../target.js";
import { type Check, type Finding, lacks, note, notDeployed, ok } from "./finding.js";

const queueNames = [countFollowersQueue, notifyQueue, publishFeedQueue, sweepShowQueue].map(
  ({ name }) => name,
);

export const functions: Check = {
  name: "Functions",
  async run({ google, target }) {
    const deployed = await listFunctions(google);
    const missing = Object.keys(functionTable).filter((name) => !deployed.has(name));
    const failed = [...deployed].filter(([, { state }]) => state !== "ACTIVE");
    const open = [...deployed].filter(([, each]) => isPublic(each)).map(([name]) => name);
    return [
      missing.length === 0
        ? ok(this.name, `${deployed.size} deployed`)
        : notDeployed(this.name, `not deployed: ${missing.join(", ")}`, target),
      ...failed.map(([name, { state }]) =>
        notDeployed(`Function ${name}`, `its state is ${state}`, target),
      ),
      ...(await examineJobs(
        google,
        target,
        [...deployed].filter(([, each]) => isScheduled(each)).map(([name]) => name),
      )),
      ...(open.length === 0 ? [] : [await examineInvokers(google, open)]),
      ...(await Promise.all(
        queueNames.filter((name) => deployed.has(name)).map((name) => examineQueue(google, name)),
      )),
    ];
  },
};

/** Without it, Google refuses every call before the function sees it. */
async function examineInvokers(google: Google, names: readonly string[]): Promise<Finding> {
  const name = "Public invoker";
  const areOpen = await Promise.all(names.map((each) => mayAnyoneInvoke(google, each)));
  const closed = names.filter((_, index) => areOpen[index] === false);
  if (closed.length === 0) return ok(name, `${names.length} functions take requests`);
  const commands = closed.map(
    (each) =>
      `gcloud run services add-iam-policy-binding ${each.toLowerCase()} --region ${REGION} --project ${google.projectId} --member allUsers --role roles/run.invoker`,
  );
  return lacks(name, `Google refuses requests to ${closed.join(", ")}`, commands.join("\n"));
}

async function mayAnyoneInvoke(google: Google, functionName: string): Promise<boolean> {
  const path = runServicePath(google.projectId, functionName);
  const { bindings } = await google.get(policy, "run", `${path}:getIamPolicy`);
  const isOpen = bindings.some(
    ({ role, members }) => role === "roles/run.invoker" && members.includes("allUsers"),
  );
  // An organisation that forbids allUsers may turn the check off instead.
  return isOpen || (await google.get(runService, "run", path)).invokerIamDisabled;
}

/** Firebase names the job of a scheduled function after it. */
async function examineJobs(
  google: Google,
  target: Target,
  scheduled: readonly string[],
): Promise<readonly Finding[]> {
  const name = "Scheduled jobs";
  if (scheduled.length === 0) return [];
  const jobs = await listJobs(google);
  const jobOf = (each: string) => `firebase-schedule-${each}-${REGION}`;
  const missing = scheduled.filter((each) => !jobs.has(jobOf(each)));
  const stopped = scheduled.filter((each) => {
    const job = jobs.get(jobOf(each));
    return job !== undefined && job.state !== "ENABLED";
  });
  if (missing.length === 0 && stopped.length === 0) {
    return [ok(name, `${scheduled.length} enabled`)];
  }
  const commands = stopped.map((each) => resumeJob(google.projectId, jobOf(each)));
  return [
    ...(missing.length === 0 ? [] : [notDeployed(name, `missing: ${missing.join(", ")}`, target)]),
    ...(stopped.length === 0
      ? []
      : [lacks(name, `paused: ${stopped.join(", ")}`, commands.join("\n"))]),
  ];
}

async function examineQueue(google: Google, queue: string): Promise<Finding> {
  const name = `Task queue ${queue}`;
  const path = `projects/${google.projectId}/locations/${REGION}/queues/${queue}`;
  const found = await google.find(taskQueue, "cloudtasks", `/v2/${path}`);
  const command = (verb: string) =>
    `gcloud tasks queues ${verb} ${queue} --location ${REGION} --project ${google.projectId}`;
  if (!found) return lacks(name, "there is no such queue", command("create"));
  if (found.state === "RUNNING") return ok(name, "running");
  return lacks(name, `it is ${found.state}: its tasks wait`, command("resume"));
}

export const cpuQuota: Check = {
  name: "CPU quota",
  isOptional: true,
  async run({ google, target }) {
    const path = `/v1/projects/${target.projectId}/locations/global/services/run.googleapis.com/quotaInfos`;
    const pages = await google.list(quotaInfos, "cloudquotas", path);
    const quota = pages
      .flatMap((page) => page.quotaInfos)
      .find(({ metric }) => metric === "run.googleapis.com/cpu_allocation");
    const here = quota?.dimensionsInfos.find(
      ({ dimensions, applicableLocations }) =>
        dimensions.region === REGION || applicableLocations.includes(REGION),
    );
    const page = `https://console.cloud.google.com/iam-admin/quotas?project=${target.projectId} (Cloud Run Admin API, total CPU allocation, ${REGION})`;
    if (here?.details === undefined) return [note(this.name, "Google reports none", page)];
    // In thousandths of a CPU.
    const cpus = Number(here.details.value) / 1_000;
    const wanted = [...target.settings.cpus];
    const [largest, needed] = wanted.reduce((left, right) => (right[1] > left[1] ? right : left));
    const total = wanted.reduce((sum, [, each]) => sum + each, 0);
    if (needed > cpus) {
      const detail = `${largest} may take ${needed} CPUs and the quota is ${cpus}: Google refuses to deploy it`;
      return [lacks(this.name, detail, `${page}, or lower its …_MAX_INSTANCES`)];
    }
    if (total > cpus) {
      const detail = `all functions at their limits take ${total} CPUs, and the quota is ${cpus}`;
      return [note(this.name, detail, page)];
    }
    return [ok(this.name, `${cpus} CPUs for at most ${total}`)];
  },
};
