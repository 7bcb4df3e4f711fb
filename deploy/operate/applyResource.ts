import { z } from "zod";
import { isRecord } from "../../local/files/json.js";
import type { Edges } from "../edges.js";

export const named = z.looseObject({ name: z.string() });

/** Creates or updates a resource, unless it is already correct, and says so. Resolves with the resource. */
export async function applyResource(
  edges: Edges,
  what: string,
  wanted: object,
  found: z.output<typeof named> | undefined,
  act: {
    create(): Promise<z.output<typeof named>>;
    update(name: string): Promise<z.output<typeof named>>;
  },
): Promise<z.output<typeof named>> {
  if (found !== undefined && contains(found, wanted)) {
    edges.print(`  ${what}: unchanged`);
    return found;
  }
  const result = found === undefined ? await act.create() : await act.update(found.name);
  edges.print(`✓ ${what}: ${found === undefined ? "created" : "updated"}`);
  return result;
}

/** Google adds fields of its own, so additional fields are accepted, and omits what is empty, zero or false. */
function contains(found: unknown, wanted: unknown): boolean {
  if (found === undefined) return !wanted || (Array.isArray(wanted) && wanted.length === 0);
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) &&
      found.length === wanted.length &&
      wanted.every((each, index) => contains(found[index], each))
    );
  }
  if (!isRecord(wanted)) return found === wanted;
  return (
    isRecord(found) && Object.entries(wanted).every(([name, each]) => contains(found[name], each))
  );
}
