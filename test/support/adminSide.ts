import assert from "node:assert/strict";
import type { Endpoints } from "../../local/suite/endpoints.js";

type Fields = Readonly<Record<string, unknown>>;

/** A request that no rule stands before. */
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

/** What an admin does to an account in the Firebase console. */
export async function setDisabled(
  { auth, projectId }: Endpoints,
  uid: string,
  disableUser: boolean,
): Promise<void> {
  const accounts = `identitytoolkit.googleapis.com/v1/projects/${projectId}/accounts`;
  await sendAsAdmin("POST", `http://${auth}/${accounts}:update`, { localId: uid, disableUser });
}

/** Writes fields of a document past the rules, as another version of the server might: in Firestore's REST form. */
export async function rewrite(
  { firestore, projectId }: Endpoints,
  path: string,
  fields: Fields,
): Promise<void> {
  const document = `v1/projects/${projectId}/databases/(default)/documents/${path}`;
  const mask = Object.keys(fields).map((field) => `updateMask.fieldPaths=${field}`);
  await sendAsAdmin("PATCH", `http://${firestore}/${document}?${mask.join("&")}`, { fields });
}

/** Moves a person's last comment back in time, so that the rules' second between two is over. */
export async function letASecondPass(
  endpoints: Endpoints,
  showId: string,
  uid: string,
): Promise<void> {
  const lastCommentAt = { timestampValue: new Date(Date.now() - 2_000).toISOString() };
  await rewrite(endpoints, `shows/${showId}/activity/${uid}`, { lastCommentAt });
}
