import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { inventory, type InventoryEntry } from "../../functions/src/contract/inventory.js";
import { firestore } from "../../functions/test/support/backstage.js";
import { everyDocument } from "../../functions/test/support/seedEverything.js";
import { recordOf } from "../../local/files/json.js";

export type Stored = ReadonlyMap<string, unknown>;

export const everythingStored = (): Promise<Stored> => everyDocument(firestore);

const SETTLING_PAUSE_MS = 1_500;
const SETTLING_ATTEMPTS = 40;

/** Everything stored, once the functions that follow earlier writes have ended. */
export async function everythingSettled(): Promise<Stored> {
  let before = await everythingStored();
  for (let attempt = 0; attempt < SETTLING_ATTEMPTS; attempt += 1) {
    await sleep(SETTLING_PAUSE_MS);
    const after = await everythingStored();
    if (changesBetween(before, after).length === 0) return after;
    before = after;
  }
  throw new Error("the database keeps changing");
}

/** The paths of documents that were created, changed or deleted. */
export function changesBetween(before: Stored, after: Stored): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => !isDeepStrictEqual(before.get(path), after.get(path)),
  );
}

const kinds = inventory.map((entry: InventoryEntry) => ({
  ...entry,
  pattern: new RegExp(`^${entry.path.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
}));

/** The documents that no schema of the contract describes. */
export function strayDocuments(stored: Stored): string[] {
  return [...stored].flatMap(([path, data]) => {
    const kind = kinds.find(({ pattern }) => pattern.test(path));
    if (!kind) return [`${path} is not in the inventory`];
    const unknown = Object.keys(recordOf(data)).filter((field) => !(field in kind.schema.shape));
    if (unknown.length > 0) return [`${path} has unknown fields: ${unknown.join(", ")}`];
    const parsed = kind.schema.safeParse(data);
    return parsed.success ? [] : [`${path}: ${parsed.error.message}`];
  });
}
