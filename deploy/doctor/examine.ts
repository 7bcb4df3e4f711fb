import type { Edges } from "../edges.js";
import { Google, GoogleError } from "../google/google.js";
import type { Target } from "../target.js";
import { accounts } from "./accounts.js";
import { appCheckProviders } from "./appCheck.js";
import { clientConfig } from "./clientConfig.js";
import { type Check, type Finding, lacks, type Subject, unknown } from "./finding.js";
import { databaseAndAuth, indexesAndTtl } from "./firestore.js";
import { cpuQuota, functions } from "./functions.js";
import { backups, monitoring } from "./operating.js";
import { params } from "./params.js";
import { apis, billing, enable, examineProject, operatorRoles } from "./project.js";
import { eventRoles, runtimeRoles } from "./runtimeRoles.js";
import { secrets } from "./secrets.js";
import { livekit, spotify, stripe } from "./services.js";

/** In the order of the list. */
const checks: readonly Check[] = [
  billing,
  apis,
  accounts,
  operatorRoles,
  databaseAndAuth,
  backups,
  indexesAndTtl,
  clientConfig,
  params,
  secrets,
  runtimeRoles,
  eventRoles,
  functions,
  cpuQuota,
  appCheckProviders,
  spotify,
  livekit,
  stripe,
  monitoring,
];

/** What a project lacks. Without access to the project, only that. */
export async function examineTarget(edges: Edges, target: Target): Promise<readonly Finding[]> {
  const google = new Google(edges, target.projectId);
  const { finding, number } = await examineProject(google, target);
  if (number === undefined) return [finding];
  const subject: Subject = {
    edges,
    google,
    target,
    projectNumber: number,
    runtimeAccount: `${number}-compute@developer.gserviceaccount.com`,
  };
  const findings = await Promise.all(checks.map((check) => examine(check, subject)));
  return [finding, ...findings.flat()];
}

/** One check that Google refuses does not keep the others from their answers. */
async function examine(check: Check, subject: Subject): Promise<readonly Finding[]> {
  try {
    return await check.run(subject);
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    const finding = explain(check.name, error, subject.target.projectId);
    return [check.isOptional === true ? { ...finding, state: "note" } : finding];
  }
}

function explain(name: string, error: GoogleError, projectId: string): Finding {
  switch (error.failure) {
    case "disabled":
      return lacks(name, `${error.api} is not enabled`, enable([error.api], projectId));
    case "forbidden":
      return unknown(
        name,
        `this account may not see it: ${error.message}`,
        `ask an owner of ${projectId} for the role Viewer, or run this with their credentials`,
      );
    case "unauthenticated":
      return unknown(name, error.message, "gcloud auth application-default login");
    default:
      return unknown(name, error.message, "npm run doctor again");
  }
}
