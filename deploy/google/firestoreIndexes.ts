import { join } from "node:path";
import { z } from "zod";
import { readJson } from "../../local/files/json.js";
import { root } from "../../local/files/paths.js";
import { fields, indexes as deployedIndexes } from "./answers.js";
import type { Google } from "./google.js";

const specifiedFields = z.array(
  z.object({
    fieldPath: z.string().optional(),
    order: z.string().optional(),
    arrayConfig: z.string().optional(),
  }),
);
const specification = z.object({
  indexes: z.array(
    z.object({ collectionGroup: z.string(), queryScope: z.string(), fields: specifiedFields }),
  ),
  fieldOverrides: z.array(
    z.object({
      collectionGroup: z.string(),
      fieldPath: z.string(),
      ttl: z.boolean().default(false),
      indexes: z.array(
        z.object({
          queryScope: z.string().default("COLLECTION"),
          order: z.string().optional(),
          arrayConfig: z.string().optional(),
        }),
      ),
    }),
  ),
});

export interface IndexState {
  readonly name: string;
  readonly state: "ready" | "building" | "broken" | "missing";
}

export interface IndexComparison {
  /** The composite indexes, and the overrides of single fields. */
  readonly indexes: readonly IndexState[];
  readonly ttlPolicies: readonly IndexState[];
  /** Composite indexes that `firestore.indexes.json` does not name. */
  readonly extra: readonly string[];
}

/** The indexes of `firestore.indexes.json`, as they are in the project. */
export async function compareIndexes(google: Google): Promise<IndexComparison> {
  const groups = `/v1/projects/${google.projectId}/databases/(default)/collectionGroups/-`;
  const overridden = encodeURIComponent("indexConfig.usesAncestorConfig=false OR ttlConfig:*");
  const [specified, indexPages, fieldPages] = await Promise.all([
    readJson(join(root, "firestore.indexes.json")).then((json) => specification.parse(json)),
    google.list(deployedIndexes, "firestore", `${groups}/indexes`),
    google.list(fields, "firestore", `${groups}/fields?filter=${overridden}`),
  ]);
  const existing = new Map(
    indexPages
      .flatMap((page) => page.indexes)
      .map(({ name, queryScope, fields: parts, state }) => [
        describe(pathPart(name, "collectionGroups"), queryScope, parts),
        stateOf(state, "READY"),
      ]),
  );
  const existingFields = new Map(
    fieldPages
      .flatMap((page) => page.fields)
      .map((field) => [
        `${pathPart(field.name, "collectionGroups")}.${pathPart(field.name, "fields")}`,
        field,
      ]),
  );
  const wanted = specified.indexes.map(({ collectionGroup, queryScope, fields: parts }) =>
    describe(collectionGroup, queryScope, parts),
  );
  const overrides = specified.fieldOverrides.map(
    ({ collectionGroup, fieldPath, indexes }): IndexState => {
      const name = `${collectionGroup}.${fieldPath}`;
      const config = existingFields.get(name)?.indexConfig;
      const kinds = config?.indexes.map(({ queryScope, fields: [part] }) =>
        kindOf({ queryScope, ...part }),
      );
      const isSame = kinds?.sort().join() === indexes.map(kindOf).sort().join();
      if (!config || config.usesAncestorConfig || !isSame) return { name, state: "missing" };
      const isBuilding = config.indexes.some(({ state }) => state !== "READY");
      return { name, state: isBuilding ? "building" : "ready" };
    },
  );
  return {
    indexes: [
      ...wanted.map((name) => ({ name, state: existing.get(name) ?? ("missing" as const) })),
      ...overrides,
    ],
    ttlPolicies: specified.fieldOverrides
      .filter(({ ttl }) => ttl)
      .map(({ collectionGroup, fieldPath }) => {
        const name = `${collectionGroup}.${fieldPath}`;
        const state = existingFields.get(name)?.ttlConfig?.state;
        return { name, state: state === undefined ? "missing" : stateOf(state, "ACTIVE") };
      }),
    extra: [...existing.keys()].filter((name) => !wanted.includes(name)),
  };
}

function stateOf(state: string, ready: "READY" | "ACTIVE"): "ready" | "building" | "broken" {
  if (state === ready) return "ready";
  return state === "CREATING" ? "building" : "broken";
}

/** Google adds `__name__` as the last field. */
function describe(
  collectionGroup: string,
  queryScope: string,
  parts: z.infer<typeof specifiedFields>,
): string {
  const named = parts
    .filter(({ fieldPath }) => fieldPath !== "__name__")
    .map(({ fieldPath = "", order, arrayConfig }) => `${fieldPath} ${order ?? arrayConfig ?? ""}`);
  const scope = queryScope === "COLLECTION" ? "" : ` in ${queryScope}`;
  return `${collectionGroup} (${named.join(", ")})${scope}`;
}

function kindOf(index: {
  readonly queryScope: string;
  readonly order?: string | undefined;
  readonly arrayConfig?: string | undefined;
}): string {
  return `${index.queryScope} ${index.order ?? index.arrayConfig ?? ""}`;
}

/** The part of a resource's name after this one. */
function pathPart(name: string, before: string): string {
  const parts = name.split("/");
  return decodeURIComponent(parts[parts.indexOf(before) + 1] ?? "");
}
