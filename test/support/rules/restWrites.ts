import { Bytes, FieldValue, GeoPoint, serverTimestamp, Timestamp } from "firebase/firestore";
import { isArray, isRecord } from "../../../local/files/json.js";
import type { Write } from "./world.js";

/** A write as Firestore's REST API takes it. `documents` is the name of the database's root. */
export function restWrite(documents: string, { path, data, how }: Write): object {
  const name = `${documents}/${path}`;
  if (data === null) return { delete: name };
  const entries = Object.entries<unknown>(data);
  const plain = entries.filter(([, value]) => !(value instanceof FieldValue));
  // A field in the mask without a value is deleted.
  const masked = entries.filter(([, value]) => !isServerTime(value));
  return {
    update: { name, fields: restFields(Object.fromEntries(plain)) },
    ...(how !== "set" && { updateMask: { fieldPaths: masked.map(([field]) => quoted(field)) } }),
    ...(how === "update" && { currentDocument: { exists: true } }),
    updateTransforms: entries
      .filter(([, value]) => isServerTime(value))
      .map(([field]) => ({ fieldPath: quoted(field), setToServerValue: "REQUEST_TIME" })),
  };
}

export function isServerTime(value: unknown): boolean {
  return value instanceof FieldValue && value.isEqual(serverTimestamp());
}

function quoted(field: string): string {
  return `\`${field.replaceAll("\\", "\\\\").replaceAll("`", "\\`")}\``;
}

function restFields(data: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, restValue(value)]));
}

/** A value in the JSON of Firestore's REST API. */
export function restValue(value: unknown): object {
  if (value === null) return { nullValue: null };
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { booleanValue: value };
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return { integerValue: `${value}` };
    return { doubleValue: Number.isFinite(value) ? value : `${value}` };
  }
  if (value instanceof Timestamp) return { timestampValue: value.toDate().toISOString() };
  if (value instanceof GeoPoint) return { geoPointValue: value.toJSON() };
  if (value instanceof Bytes) return { bytesValue: value.toBase64() };
  if (isArray(value)) return { arrayValue: { values: value.map(restValue) } };
  if (isRecord(value)) return { mapValue: { fields: restFields(value) } };
  throw new Error(`A document cannot contain ${typeof value}`);
}
