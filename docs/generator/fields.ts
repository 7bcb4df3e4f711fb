import { z } from "zod";
import { timestamp } from "../../functions/src/contract/fields.js";
import { refusalReason } from "../../functions/src/contract/reasons.js";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** A row of a table: a field, its type and its description. */
export interface Field {
  /** Nested fields are dotted; `[]` marks elements of an array and `{}` values of a map. */
  readonly path: string;
  readonly optional: boolean;
  readonly type: string;
  readonly description: string;
}

/** The fields of an object schema in order, each followed by its nested fields. */
export function fieldsOf(schema: z.core.$ZodType): Field[] {
  const json = z.toJSONSchema(schema, {
    // Describes what is sent or stored, where a field with a default may be absent.
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (isTimestamp(zodSchema)) jsonSchema.title = "Timestamp";
      if (zodSchema === refusalReason) jsonSchema.title = "one of the [reasons](#reasons)";
    },
  });
  return propertiesOf(json, "");
}

/** Compares checks, because `.describe()` makes a copy of the schema. */
function isTimestamp(schema: z.core.$ZodTypes): boolean {
  return schema._zod.def.type === "custom" && schema._zod.def.fn === timestamp._zod.def.fn;
}

function propertiesOf(schema: JsonSchema, prefix: string): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const value = schemaOf(property);
    const path = `${prefix}${name}`;
    const optional = !(schema.required ?? []).includes(name);
    const field = { path, optional, type: typeOf(value), description: value.description ?? "" };
    return [field, ...nestedIn(value, path)];
  });
}

function nestedIn(schema: JsonSchema, path: string): Field[] {
  const variants = variantsOf(schema);
  if (variants.length > 1) return fieldsOfVariants(variants, path);
  const [value = schema] = variants;
  if (value.type === "array") return nestedIn(elementOf(value), `${path}[]`);
  if (isMap(value)) return nestedIn(schemaOf(value.additionalProperties), `${path}{}`);
  return propertiesOf(value, `${path}.`);
}

/** Merges the variants of a discriminated union into one table that says which field belongs to which variant. */
function fieldsOfVariants(variants: readonly JsonSchema[], path: string): Field[] {
  const discriminator = discriminatorOf(variants);
  const merged = new Map<string, Field & { readonly in: readonly string[] }>();
  for (const variant of variants) {
    const name = typeOf(schemaOf(variant.properties?.[discriminator]));
    for (const field of propertiesOf(variant, `${path}.`)) {
      const known = merged.get(field.path);
      const types = known ? [...known.type.split(" or "), field.type] : [field.type];
      merged.set(field.path, {
        ...field,
        type: [...new Set(types)].join(" or "),
        in: [...(known?.in ?? []), name],
      });
    }
  }
  return [...merged.values()].map(({ in: names, ...field }) => {
    if (names.length === variants.length) return field;
    const where = `only where \`${discriminator}\` is ${names.join(" or ")}`;
    return {
      ...field,
      description: field.description === "" ? where : `${where}: ${field.description}`,
    };
  });
}

/** The key whose constant value distinguishes the variants. */
function discriminatorOf(variants: readonly JsonSchema[]): string {
  const [first] = variants;
  const found = Object.keys(first?.properties ?? {}).find((key) =>
    variants.every((variant) => schemaOf(variant.properties?.[key]).const !== undefined),
  );
  if (found === undefined) throw new Error("a union of objects needs a discriminator");
  return found;
}

/** The options of a union, without null. */
function variantsOf(schema: JsonSchema): JsonSchema[] {
  return (schema.oneOf ?? schema.anyOf ?? []).filter((variant) => variant.type !== "null");
}

function typeOf(schema: JsonSchema): string {
  const type = typeWithoutDefault(schema);
  return schema.default === undefined
    ? type
    : `${type}, default \`${JSON.stringify(schema.default)}\``;
}

function typeWithoutDefault(schema: JsonSchema): string {
  if (schema.title !== undefined) return schema.title;
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return schema.enum.map(literal).join(" or ");
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives) return [...new Set(alternatives.map(typeOf))].join(" or ");
  const { type } = schema;
  if (Array.isArray(type)) return type.map((one) => typeOf({ ...schema, type: one })).join(" or ");
  switch (type) {
    case "string":
      return `string${lengthOf(schema.minLength, schema.maxLength, "characters")}${patternOf(schema)}`;
    case "integer":
    case "number":
      return `${type}${rangeOf(schema)}`;
    case "array":
      return arrayOf(typeOf(elementOf(schema)), schema);
    case "object":
      return isMap(schema) ? `map of ${typeOf(schemaOf(schema.additionalProperties))}` : "object";
    case "boolean":
    case "null":
      return type;
    default:
      throw new Error("docs/generator/fields.ts does not know this kind of schema");
  }
}

function arrayOf(element: string, { minItems, maxItems }: JsonSchema): string {
  const length = lengthOf(minItems, maxItems, "entries");
  return length === "" ? `array of ${element}` : `array${length}, each: ${element}`;
}

function isMap(schema: JsonSchema): boolean {
  return schema.type === "object" && schema.properties === undefined;
}

function elementOf(schema: JsonSchema): JsonSchema {
  if (Array.isArray(schema.items))
    throw new Error("a tuple: teach docs/generator/fields.ts to show it");
  return schemaOf(schema.items);
}

function schemaOf(schema: JsonSchema | boolean | undefined): JsonSchema {
  return typeof schema === "object" ? schema : {};
}

function literal(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}

function patternOf({ pattern }: JsonSchema): string {
  return pattern === undefined ? "" : ` matching \`${pattern}\``;
}

function lengthOf(min: number | undefined, max: number | undefined, unit: string): string {
  if (min !== undefined && max !== undefined) return ` of ${min} to ${max} ${unit}`;
  if (min !== undefined) return ` of at least ${min} ${unit}`;
  if (max !== undefined) return ` of at most ${max} ${unit}`;
  return "";
}

/** Leaves out bounds that only mean a safe integer. */
function rangeOf({ minimum, maximum, exclusiveMinimum }: JsonSchema): string {
  const from = minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : minimum;
  const to = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (from !== undefined && to !== undefined) return ` from ${from} to ${to}`;
  if (from !== undefined) return ` ≥ ${from}`;
  if (typeof exclusiveMinimum === "number") return ` > ${exclusiveMinimum}`;
  if (to !== undefined) return ` ≤ ${to}`;
  return "";
}
