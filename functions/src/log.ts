import { write } from "firebase-functions/logger";
import { createHash } from "node:crypto";

type Fields = Readonly<Record<string, unknown>>;

/** A sign-in makes uids of this form; nothing else in a log line has it. */
const UID = /spotify_[A-Za-z0-9._~:-]+/g;

/**
 * Writes one line into the project's log. The only place that does, so that no line names a person: each uid in it
 * becomes its pseudonym.
 */
export function log(
  severity: "INFO" | "WARNING" | "ERROR",
  message: string,
  fields: Fields = {},
): void {
  write({ ...pseudonymousFields({ ...fields, message }), severity });
}

/**
 * Stands for a person in the log: the same in every line of a project, and another one in another project. It hides a uid
 * from readers of the log, not from somebody who tries all known uids.
 */
export function pseudonymOf(uid: string, projectId = process.env.GCLOUD_PROJECT ?? ""): string {
  return createHash("sha256").update(`${projectId}/${uid}`).digest("hex").slice(0, 16);
}

function pseudonymous(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll(UID, (uid) => pseudonymOf(uid));
  if (Array.isArray(value)) return value.map(pseudonymous);
  if (typeof value === "object" && value !== null) return pseudonymousFields({ ...value });
  return value;
}

function pseudonymousFields(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, pseudonymous(value)]),
  );
}
