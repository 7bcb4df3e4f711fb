import assert from "node:assert/strict";
import type { Endpoints } from "../../local/suite/endpoints.js";

type Fields = Readonly<Record<string, unknown>>;

/** Sends a request with admin permissions, which bypasses the rules. */
export async function sendAsAdmin(
  method: "PATCH" | "POST",
  url: string,
  body: unknown,
): Promise<void> {
  const answer = await fetch(url, {
    method,
    headers: { "authorization": "Bearer owner", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, await answer.text());
}

/** Disables or enables an account, as an admin would in the Firebase console. */
export async function setDisabled(
  { auth, projectId }: Endpoints,
  uid: string,
  disableUser: boolean,
): Promise<void> {
  const accounts = `identitytoolkit.googleapis.com/v1/projects/${projectId}/accounts`;
  await sendAsAdmin("POST", `http://${auth}/${accounts}:update`, { localId: uid, disableUser });
}

/** Gives an account the custom claim `admin`, or takes it away. It counts from the next sign-in. */
export async function setAdminClaim(
  { auth, projectId }: Endpoints,
  uid: string,
  admin: boolean,
): Promise<void> {
  const accounts = `identitytoolkit.googleapis.com/v1/projects/${projectId}/accounts`;
  const customAttributes = JSON.stringify({ admin });
  await sendAsAdmin("POST", `http://${auth}/${accounts}:update`, {
    localId: uid,
    customAttributes,
  });
}

/**
 * Writes fields of a document past the rules, as a different server version might. Values are in
 * Firestore's REST format; undefined deletes the field.
 */
export async function rewrite(
  { firestore, projectId }: Endpoints,
  path: string,
  fields: Fields,
): Promise<void> {
  const document = `v1/projects/${projectId}/databases/(default)/documents/${path}`;
  const mask = Object.keys(fields).map((field) => `updateMask.fieldPaths=${field}`);
  await sendAsAdmin("PATCH", `http://${firestore}/${document}?${mask.join("&")}`, { fields });
}

/**
 * Backdates a person's last comment, so that the rules allow the next one without a second's wait.
 */
export async function letASecondPass(
  endpoints: Endpoints,
  showId: string,
  uid: string,
): Promise<void> {
  const lastCommentAt = { timestampValue: new Date(Date.now() - 2_000).toISOString() };
  await rewrite(endpoints, `shows/${showId}/activity/${uid}`, { lastCommentAt });
}
