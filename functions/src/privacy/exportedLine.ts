import { Timestamp, type DocumentData } from "firebase-admin/firestore";
import { fieldsOf, type InventoryEntry } from "../contract/inventory.js";
import type { Held } from "./sources.js";

/** Whether anything of such a document is exported. */
export function isExported(entry: InventoryEntry, whose: Held["whose"]): boolean {
  return fieldsOf(entry, whose).some(([, { notExported }]) => notExported === undefined);
}

/** What of a document belongs to a person, as a line of JSON; null if it is nothing. */
export function exportedLine(
  { entry, whose, ref, namedBy }: Held,
  data: DocumentData,
  uid: string,
): string | null {
  if (namedBy !== undefined && data[namedBy] !== uid) return null;
  const theirs = fieldsOf(entry, whose)
    .filter(([field, { notExported }]) => notExported === undefined && field in data)
    .map(([field]): [string, unknown] => [field, plain(data[field])]);
  if (theirs.length === 0) return null;
  // Whom the owner follows or has blocked is theirs to know.
  const path = whose === "owner" ? ref.path : withoutOthers(entry.path, ref.path, uid);
  return JSON.stringify({ path, data: Object.fromEntries(theirs) });
}

/** Other people's uids in a path are left open. */
function withoutOthers(template: string, path: string, uid: string): string {
  const names = template.split("/");
  return path
    .split("/")
    .map((segment, index) => {
      const name = names[index] ?? "";
      const isPerson = name === "{uid}" || name === "{creatorUid}";
      return isPerson && segment !== uid ? name : segment;
    })
    .join("/");
}

/** Times in ISO 8601. */
function plain(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Timestamp) return value.toDate();
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}
