import { Timestamp, type DocumentSnapshot } from "firebase-admin/firestore";
import { exportedFieldsOf, type InventoryEntry } from "../contract/inventory.js";
import { stillNames, type PersonalDocument } from "./sources.js";

/** Whether anything of such a document is exported. */
export function isExported(entry: InventoryEntry, whose: PersonalDocument["whose"]): boolean {
  return exportedFieldsOf(entry, whose).length > 0;
}

/** The part of a document that belongs to a person, as a line of JSON; null if there is none. */
export function exportedLine(
  document: PersonalDocument,
  snapshot: DocumentSnapshot,
  uid: string,
): string | null {
  const data = snapshot.data();
  if (!data || !stillNames(document, snapshot, uid)) return null;
  const { entry, whose, ref } = document;
  const theirs = exportedFieldsOf(entry, whose)
    .filter((field) => field in data)
    .map((field): [string, unknown] => [field, plain(data[field])]);
  if (theirs.length === 0) return null;
  // Owners may see whom they follow or have blocked.
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
