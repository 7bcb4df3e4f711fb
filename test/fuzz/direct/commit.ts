import { Bytes, type DocumentData, FieldValue, GeoPoint, Timestamp } from "firebase/firestore";
import { isArray, isRecord } from "../../../local/files/json.js";
import type { Persona } from "../../support/rules/personas.js";
import { emulator, projectId, type Write } from "../../support/rules/world.js";
import { tokenOf } from "../send.js";

const documents = `projects/${projectId}/databases/(default)/documents`;

/**
 * Commits the writes in one batch. Returns whether the rules accept them; undefined if they are not valid documents. Uses
 * REST, because the SDK opens a new stream after each refusal, and does not send everything that a hostile client can.
 */
export async function commitAs(
  { uid }: Persona,
  writes: readonly Write[],
): Promise<boolean | undefined> {
  const { host, port } = emulator();
  const response = await fetch(`http://${host}:${port}/v1/${documents}:commit`, {
    method: "POST",
    headers: { authorization: `Bearer ${tokenOf(uid)}` },
    body: JSON.stringify({ writes: writes.map(encodedWrite) }),
  });
  const text = await response.text();
  if (response.ok) return true;
  if (response.status === 403) return false;
  if (response.status === 400) return undefined;
  throw new Error(`commit: ${response.status} ${text}`);
}

function encodedWrite({ path, data, how }: Write): object {
  const fields = Object.entries<unknown>(data ?? {});
  const isStamp = ([, value]: [string, unknown]): boolean => value instanceof FieldValue;
  const plain = fields.filter((field) => !isStamp(field));
  return {
    update: { name: `${documents}/${path}`, fields: encodedFields(Object.fromEntries(plain)) },
    updateTransforms: fields
      .filter(isStamp)
      .map(([key]) => ({ fieldPath: quoted(key), setToServerValue: "REQUEST_TIME" })),
    ...(how !== "set" && { updateMask: { fieldPaths: plain.map(([key]) => quoted(key)) } }),
    ...(how === "update" && { currentDocument: { exists: true } }),
  };
}

function quoted(key: string): string {
  return `\`${key.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
}

function encodedFields(data: DocumentData): object {
  return Object.fromEntries(
    Object.entries<unknown>(data).map(([key, value]) => [key, encoded(value)]),
  );
}

/** A value in the JSON of Firestore's REST API. */
function encoded(value: unknown): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { booleanValue: value };
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return { integerValue: `${value}` };
    return { doubleValue: Number.isFinite(value) ? value : `${value}` };
  }
  if (value instanceof Timestamp) return { timestampValue: value.toDate().toISOString() };
  if (value instanceof GeoPoint) return { geoPointValue: value.toJSON() };
  if (value instanceof Bytes) return { bytesValue: value.toBase64() };
  if (isArray(value)) return { arrayValue: { values: value.map(encoded) } };
  if (isRecord(value)) return { mapValue: { fields: encodedFields(value) } };
  return { nullValue: null };
}
