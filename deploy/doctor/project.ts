import {
  billingInfo,
  budgets,
  permissionsAnswer,
  project as projectAnswer,
  services,
} from "../google/answers.js";
import { type Google, GoogleError } from "../google/google.js";
import type { Target } from "../target.js";
import { type Check, type Finding, lacks, note, ok, unknown } from "./finding.js";

/** The project itself. Without it no other check makes sense. */
export async function examineProject(
  google: Google,
  target: Target,
): Promise<{ readonly finding: Finding; readonly number?: string }> {
  const name = "Project";
  try {
    const found = await google.get(
      projectAnswer,
      "cloudresourcemanager",
      `/v3/projects/${target.projectId}`,
    );
    if (found.state !== "ACTIVE") {
      const remedy = `gcloud projects undelete ${target.projectId}`;
      return { finding: lacks(name, `${target.projectId} is ${found.state}`, remedy) };
    }
    const number = found.name.replace("projects/", "");
    return { finding: ok(name, `${target.projectId}, number ${number}`), number };
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    return { finding: withoutProject(name, target, error) };
  }
}

function withoutProject(name: string, target: Target, error: GoogleError): Finding {
  switch (error.failure) {
    case "unreachable":
      return unknown(name, `Google cannot be reached: ${error.message}`, "go online");
    case "unauthenticated":
      return lacks(
        name,
        `no Google credentials: ${error.message}`,
        "gcloud auth application-default login",
      );
    case "disabled":
      return lacks(name, `${error.api} is not enabled`, enable([error.api], target.projectId));
    // Google does not say which of the two it is.
    case "forbidden":
    case "missing":
      return lacks(
        name,
        `${target.projectId} does not exist, or this account has no access to it`,
        `npx firebase projects:list; then npx firebase use --add, with the alias ${target.name}`,
      );
    default:
      return unknown(name, error.message, "try again later");
  }
}

export function enable(apis: readonly string[], projectId: string): string {
  return `gcloud services enable ${apis.join(" ")} --project ${projectId}`;
}

export const billing: Check = {
  name: "Billing",
  async run({ google, target, projectNumber }) {
    const { projectId } = target;
    const info = await google.get(
      billingInfo,
      "cloudbilling",
      `/v1/projects/${projectId}/billingInfo`,
    );
    if (!info.billingEnabled) {
      const remedy = `https://console.firebase.google.com/project/${projectId}/usage/details (choose Blaze)`;
      return [lacks(this.name, "no billing account: functions need the Blaze plan", remedy)];
    }
    return [
      ok(this.name, info.billingAccountName),
      await budgetOf(google, info.billingAccountName, projectNumber, projectId),
    ];
  },
};

async function budgetOf(
  google: Google,
  account: string,
  projectNumber: string,
  projectId: string,
): Promise<Finding> {
  const name = "Budget alert";
  const id = account.replace("billingAccounts/", "");
  const remedy = `gcloud billing budgets create --billing-account ${id} --display-name ${projectId} --filter-projects projects/${projectId} --budget-amount 50 --threshold-rule percent=0.5 --threshold-rule percent=1`;
  try {
    const pages = await google.list(budgets, "billingbudgets", `/v1/${account}/budgets`);
    const found = pages
      .flatMap((page) => page.budgets)
      .find(({ budgetFilter, thresholdRules }) => {
        const projects = budgetFilter?.projects ?? [];
        const isOurs = projects.length === 0 || projects.includes(`projects/${projectNumber}`);
        return isOurs && thresholdRules.length > 0;
      });
    if (found) return ok(name, found.displayName);
    return note(name, "none: an unexpected bill goes unnoticed", remedy);
  } catch (error) {
    if (!(error instanceof GoogleError) || error.failure !== "forbidden") throw error;
    // Often only the owner of the billing account sees its budgets.
    return note(name, "this account may not see the budgets", remedy);
  }
}

const neededApis = [
  "artifactregistry",
  "cloudbuild",
  "cloudfunctions",
  "cloudquotas",
  "cloudscheduler",
  "cloudtasks",
  "eventarc",
  "firebase",
  "firebasehosting",
  "firebaserules",
  "firestore",
  "iam",
  "iamcredentials",
  "identitytoolkit",
  "pubsub",
  "run",
  "secretmanager",
];

export const apis: Check = {
  name: "APIs",
  async run({ google, target }) {
    const { projectId, settings } = target;
    const pages = await google.list(
      services,
      "serviceusage",
      `/v1/projects/${projectId}/services?filter=state:ENABLED&pageSize=200`,
    );
    const enabled = new Set(
      pages.flatMap((page) => page.services).map(({ config }) => config.name),
    );
    const missing = [...neededApis, ...(settings.appCheck === "off" ? [] : ["firebaseappcheck"])]
      .map((api) => `${api}.googleapis.com`)
      .filter((api) => !enabled.has(api));
    const push = "fcm.googleapis.com";
    return [
      missing.length === 0
        ? ok(this.name, "all are enabled")
        : lacks(this.name, `not enabled: ${missing.join(", ")}`, enable(missing, projectId)),
      enabled.has(push)
        ? ok("FCM", "the API is enabled")
        : note(
            "FCM",
            "off: notifications reach the inbox, and no device",
            enable([push], projectId),
          ),
    ];
  },
};

const ACT_AS = "iam.serviceAccounts.actAs";

/** What a deployment does with the project, and the role that allows it. */
const operatorPermissions = {
  "cloudfunctions.functions.create": "roles/cloudfunctions.admin",
  "cloudfunctions.functions.update": "roles/cloudfunctions.admin",
  "cloudfunctions.functions.delete": "roles/cloudfunctions.admin",
  "run.services.setIamPolicy": "roles/run.admin",
  "firebaserules.rulesets.create": "roles/firebaserules.admin",
  "firebaserules.releases.update": "roles/firebaserules.admin",
  "datastore.indexes.create": "roles/datastore.indexAdmin",
  "firebasehosting.sites.update": "roles/firebasehosting.admin",
  "cloudtasks.queues.create": "roles/cloudtasks.admin",
  "cloudscheduler.jobs.create": "roles/cloudscheduler.admin",
  "secretmanager.versions.access": "roles/secretmanager.secretAccessor",
  "secretmanager.secrets.setIamPolicy": "roles/secretmanager.admin",
  "serviceusage.services.enable": "roles/serviceusage.serviceUsageAdmin",
};

export const operatorRoles: Check = {
  name: "Your roles",
  async run({ google, target, runtimeAccount }) {
    const { projectId } = target;
    const account = `/v1/projects/${projectId}/serviceAccounts/${runtimeAccount}`;
    const [ofProject, ofAccount] = await Promise.all([
      google.send(
        permissionsAnswer,
        "POST",
        "cloudresourcemanager",
        `/v3/projects/${projectId}:testIamPermissions`,
        { permissions: Object.keys(operatorPermissions) },
      ),
      // On the functions' own account, which includes what is granted on the project.
      google.send(permissionsAnswer, "POST", "iam", `${account}:testIamPermissions`, {
        permissions: [ACT_AS],
      }),
    ]);
    const missing = Object.entries(operatorPermissions).filter(
      ([permission]) => !ofProject.permissions.includes(permission),
    );
    const mayActAs = ofAccount.permissions.includes(ACT_AS);
    if (missing.length === 0 && mayActAs) return [ok(this.name, "enough to deploy")];
    const names = [...missing.map(([permission]) => permission), ...(mayActAs ? [] : [ACT_AS])];
    const roles = [...new Set(missing.map(([, role]) => role))];
    const remedies = [
      'MEMBER="user:$(gcloud config get-value account)"  # for a workflow: serviceAccount:<its account>',
      ...roles.map((role) => grant(projectId, '"$MEMBER"', role)),
      ...(mayActAs
        ? []
        : [grantOnAccount(projectId, runtimeAccount, '"$MEMBER"', "roles/iam.serviceAccountUser")]),
    ];
    return [lacks(this.name, `this account lacks ${names.join(", ")}`, remedies.join("\n"))];
  },
};

export function grantOnAccount(
  projectId: string,
  account: string,
  member: string,
  role: string,
): string {
  return `gcloud iam service-accounts add-iam-policy-binding ${account} --project ${projectId} --member ${member} --role ${role}`;
}

export function grant(projectId: string, member: string, role: string): string {
  return `gcloud projects add-iam-policy-binding ${projectId} --member ${member} --role ${role} --condition None`;
}
