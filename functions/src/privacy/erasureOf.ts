import { FieldValue, type DocumentData } from "firebase-admin/firestore";
import type { SubjectRole } from "../contract/dataPolicies.js";
import { fieldsOf, type InventoryEntry } from "../contract/inventory.js";

/** What the deletion of an account does to a document: delete it, write these fields, or nothing. */
export type Erasure = "delete" | Readonly<Record<string, unknown>> | null;

/** By the policies of the fields that are a person's as `whose`. */
export function erasureOf(
  entry: Pick<InventoryEntry, "schema">,
  whose: SubjectRole,
  data: DocumentData,
  uid: string,
): Erasure {
  const theirs = fieldsOf(entry, whose);
  if (theirs.some(([, { onDeletion }]) => onDeletion === "erase")) return "delete";
  const changes: Record<string, unknown> = {};
  for (const [field, { onDeletion, replacement }] of theirs) {
    if (!(field in data)) continue;
    const value: unknown = data[field];
    if (onDeletion === "anonymise") Object.assign(changes, replaced(field, value, replacement));
    if (!mentions(value, uid)) continue;
    if (onDeletion === "erase part") changes[field] = without(value, uid);
    if (onDeletion === "anonymise part") changes[field] = anonymisedIn(value, uid, replacement);
  }
  return Object.keys(changes).length === 0 ? null : changes;
}

/** Of a map, only the replacement's keys change. */
function replaced(field: string, value: unknown, replacement: unknown): Record<string, unknown> {
  if (!isMap(value) || !isMap(replacement)) {
    return { [field]: replacement ?? FieldValue.delete() };
  }
  return Object.fromEntries(
    Object.entries(replacement).map(([key, part]) => [`${field}.${key}`, part]),
  );
}

function anonymisedIn(list: unknown, uid: string, replacement: unknown): unknown {
  if (!Array.isArray(list) || !isMap(replacement)) throw new Error("only maps in a list can be");
  return list.map((part: unknown) =>
    isMap(part) && names(part, uid) ? { ...part, ...replacement } : part,
  );
}

function without(value: unknown, uid: string): unknown {
  return Array.isArray(value) ? value.filter((part) => !names(part, uid)) : null;
}

function mentions(value: unknown, uid: string): boolean {
  return Array.isArray(value) ? value.some((part) => names(part, uid)) : names(value, uid);
}

/** A uid by itself, or a quotation whose author it is. */
function names(part: unknown, uid: string): boolean {
  if (part === uid) return true;
  return isMap(part) && Object.values(part).includes(uid);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
