import {
  livekitApiSecret,
  spotifyClientSecret,
  spotifyCredentialKeys,
  stripeSecretKey,
  stripeWebhookSecret,
} from "../../functions/src/config.js";
import { secretValue, secretVersions } from "../google/answers.js";
import type { Google } from "../google/google.js";
import { type Check, type Finding, lacks, ok } from "./finding.js";

const NEW_KEYRING = `node -e 'console.log(JSON.stringify({ 1: require("node:crypto").randomBytes(32).toString("base64") }))' | `;

const needed = [
  livekitApiSecret,
  spotifyClientSecret,
  spotifyCredentialKeys,
  stripeSecretKey,
  stripeWebhookSecret,
].map(({ name }) => name);

/** A deployment takes the newest version of each secret. */
export const secrets: Check = {
  name: "Secrets",
  async run({ google, target }) {
    return Promise.all(needed.map((name) => examineSecret(google, target.projectId, name)));
  },
};

async function examineSecret(google: Google, projectId: string, secret: string): Promise<Finding> {
  const name = `Secret ${secret}`;
  const isKeyring = secret === spotifyCredentialKeys.name;
  const set = setSecret({ name: secret }, projectId);
  const remedy = isKeyring ? `${NEW_KEYRING}${set} --data-file -` : set;
  const path = `/v1/projects/${projectId}/secrets/${secret}/versions`;
  // Google lists the newest version first.
  const found = await google.find(secretVersions, "secretmanager", path);
  if (!found) return lacks(name, "there is no such secret", remedy);
  const [newest] = found.versions;
  if (!newest) return lacks(name, "the secret has no version", remedy);
  const version = newest.name.split("/").at(-1) ?? "";
  if (newest.state === "ENABLED") return ok(name, `version ${version}`);
  // A new keyring would make the stored grants unreadable.
  const again = isKeyring
    ? `gcloud secrets versions enable ${version} --secret ${secret} --project ${projectId}`
    : remedy;
  return lacks(name, `version ${version}, the newest, is ${newest.state}`, again);
}

/** The command that adds a version. */
export function setSecret({ name }: { readonly name: string }, projectId: string): string {
  return `npx firebase functions:secrets:set ${name} --project ${projectId}`;
}

/** The newest version's value; undefined if there is none. */
export async function valueOf(google: Google, secret: string): Promise<string | undefined> {
  const path = `/v1/projects/${google.projectId}/secrets/${secret}/versions/latest:access`;
  const found = await google.find(secretValue, "secretmanager", path);
  return found && Buffer.from(found.payload.data, "base64").toString("utf8");
}
