import type { z } from "zod";
import { policy, type PolicyBinding } from "../google/answers.js";
import { listFunctions } from "../google/functions.js";
import type { Google } from "../google/google.js";
import { type Check, type Finding, lacks, ok, type Subject } from "./finding.js";
import { grant, grantOnAccount } from "./project.js";

const TOKEN_CREATOR = "roles/iam.serviceAccountTokenCreator";
const ACCOUNT_USER = "roles/iam.serviceAccountUser";

/** What the functions do as their service account. The Editor role contains all of it. */
const neededRoles = [
  { role: "roles/datastore.user", purpose: "read and write Firestore" },
  { role: "roles/firebaseauth.admin", purpose: "manage accounts" },
  { role: "roles/cloudtasks.enqueuer", purpose: "enqueue tasks" },
  { role: "roles/run.invoker", purpose: "run the tasks and events" },
  { role: "roles/eventarc.eventReceiver", purpose: "receive events" },
] as const;

export const runtimeRoles: Check = {
  name: "Roles of the functions",
  async run(subject) {
    const { google, target, runtimeAccount } = subject;
    const [ofProject, ofAccount] = await Promise.all([
      projectPolicy(google),
      google.send(
        policy,
        "POST",
        "iam",
        `/v1/projects/${target.projectId}/serviceAccounts/${runtimeAccount}:getIamPolicy`,
        {},
      ),
    ]);
    const member = `serviceAccount:${runtimeAccount}`;
    const onProject = rolesOf(ofProject.bindings, member);
    const onItself = new Set([...onProject, ...rolesOf(ofAccount.bindings, member)]);
    const isEditor = ["roles/editor", "roles/owner"].some((role) => onProject.has(role));
    return [
      examineSigning(subject, onItself),
      ...neededRoles.map(({ role, purpose }) => {
        const name = `Role ${role.replace("roles/", "")}`;
        if (isEditor || onProject.has(role)) return ok(name, `the functions may ${purpose}`);
        const remedy = grant(target.projectId, member, role);
        return lacks(name, `the functions may not ${purpose}`, remedy);
      }),
      isEditor || onItself.has(ACCOUNT_USER)
        ? ok("Role iam.serviceAccountUser", "tasks carry the functions' identity")
        : lacks(
            "Role iam.serviceAccountUser",
            "tasks cannot carry the functions' identity",
            grantOnItself(subject, ACCOUNT_USER),
          ),
    ];
  },
};

/**
 * The roles that firebase-tools itself binds before a project's first functions for events, unless all of them are bound. It
 * looks for exactly these bindings: the Editor role does not count. Only an owner may bind them, so an operator's deployment would stop.
 */
export const eventRoles: Check = {
  name: "Roles for events",
  async run({ google, target, projectNumber, runtimeAccount }) {
    const [deployed, { bindings }] = await Promise.all([
      listFunctions(google),
      projectPolicy(google),
    ]);
    if ([...deployed.values()].some(({ eventTrigger }) => eventTrigger !== undefined)) {
      return [ok(this.name, "no longer needed: functions for events are deployed")];
    }
    const pubsub = `serviceAccount:service-${projectNumber}@gcp-sa-pubsub.iam.gserviceaccount.com`;
    const runtime = `serviceAccount:${runtimeAccount}`;
    const missing = [
      { member: pubsub, role: TOKEN_CREATOR },
      { member: runtime, role: "roles/run.invoker" },
      { member: runtime, role: "roles/eventarc.eventReceiver" },
    ].filter(({ member, role }) => !rolesOf(bindings, member).has(role));
    if (missing.length === 0) return [ok(this.name, "bound")];
    const commands = missing.map(({ member, role }) => grant(target.projectId, member, role));
    return [
      lacks(
        this.name,
        "without them, the first deployment of functions for events stops",
        // Google creates Pub/Sub's service agent only when something needs it.
        [
          `gcloud beta services identity create --service pubsub.googleapis.com --project ${target.projectId}`,
          ...commands,
        ].join("\n"),
      ),
    ];
  },
};

async function projectPolicy(google: Google): Promise<z.infer<typeof policy>> {
  const path = `/v3/projects/${google.projectId}:getIamPolicy`;
  return google.send(policy, "POST", "cloudresourcemanager", path, {});
}

/** Not part of the Editor role, and the emulator never asks for it. */
function examineSigning(subject: Subject, roles: ReadonlySet<string>): Finding {
  const name = "signBlob for custom tokens";
  if (roles.has(TOKEN_CREATOR)) return ok(name, "people can sign in");
  return lacks(
    name,
    "signInWithSpotify cannot create custom tokens",
    grantOnItself(subject, TOKEN_CREATOR),
  );
}

function grantOnItself({ runtimeAccount, target }: Subject, role: string): string {
  return grantOnAccount(target.projectId, runtimeAccount, `serviceAccount:${runtimeAccount}`, role);
}

function rolesOf(bindings: readonly PolicyBinding[], member: string): ReadonlySet<string> {
  return new Set(
    bindings.filter(({ members }) => members.includes(member)).map(({ role }) => role),
  );
}
