import { FieldValue, type DocumentData } from "firebase-admin/firestore";
import type { Whose } from "../contract/dataPolicies.js";
import { fieldsOf, type InventoryEntry } from "../contract/inventory.js";

/** What the deletion of an account does to a document: delete it, write these fields, or nothing. */
export type Erasure = "delete" | Readonly<Record<string, unknown>> | null;

/** By the policies of the fields that are a person's as `whose`. */
export function erasureOf(
  entry: Pick<InventoryEntry, "schema">,
  whose: Whose,
  data: DocumentData,
  uid: string,
): Erasure {
  const theirs = fieldsOf(entry, whose);
  if (theirs.some(([, { onDeletion }]) => onDeletion === "erase")) return "delete";
  const changes: Record<string, unknown> = {};
  for (const [field, { onDeletion, becomes }] of theirs) {
    if (!(field in data)) continue;
    const value: unknown = data[field];
    if (onDeletion === "anonymise") changes[field] = becomes ?? FieldValue.delete();
    if (onDeletion === "erase part" && mentions(value, uid)) changes[field] = without(value, uid);
  }
  return Object.keys(changes).length === 0 ? null : changes;
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
  return typeof part === "object" && part !== null && Object.values(part).includes(uid);
}
