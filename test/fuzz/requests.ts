import fc from "fast-check";
import { z } from "zod";
import { isArray, isRecord } from "../../local/files/json.js";
import { namesOf } from "./names.js";
import { hostileKeys, hostileText, hostileValue } from "./values.js";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** What is sent for a schema: a valid value, one with a single change, or anything at all. */
export function payloads(schema: z.ZodType): fc.Arbitrary<unknown> {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const valid = valueOf("", json);
  return fc.oneof(
    { weight: 4, arbitrary: valid },
    { weight: 8, arbitrary: nearly(valid, json) },
    { weight: 1, arbitrary: hostileValue },
  );
}

/** A value that a JSON Schema accepts. Refinements, which it does not contain, may still refuse it. */
function valueOf(field: string, schema: JsonSchema | boolean | undefined): fc.Arbitrary<unknown> {
  if (typeof schema !== "object") return hostileValue;
  const names = namesOf(field);
  if (names && schema.type !== "array") return fc.constantFrom(...names);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return fc.oneof(...variants.map((variant) => valueOf(field, variant)));
  switch (schema.type) {
    case "string":
      return textOf(schema);
    case "integer":
    case "number": {
      const { min, max } = boundsOf(schema);
      return fc.integer({ min, max: Math.max(min, Math.min(max, min + 10_000)) });
    }
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array": {
      const { items, minItems = 0, maxItems = 5 } = schema;
      return fc.array(valueOf(field, isArray(items) ? items[0] : items), {
        minLength: minItems,
        maxLength: Math.max(minItems, Math.min(maxItems, 5)),
      });
    }
    case "object":
      return objectOf(schema);
    default:
      return hostileValue;
  }
}

function objectOf({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const value = valueOf(name, schema);
    return [name, required.includes(name) ? value : fc.option(value, { nil: undefined })] as const;
  });
  return fc
    .record(Object.fromEntries(fields))
    .map((value) =>
      Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)),
    );
}

function textOf({ pattern, minLength = 0, maxLength = 100 }: JsonSchema): fc.Arbitrary<string> {
  // fast-check generates no lookaheads, which only exclude reserved ids.
  if (pattern !== undefined)
    return fc.stringMatching(new RegExp(pattern.replace(/\(\?![^)]*\)/g, "")));
  const bounds = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, 50)) };
  return fc.oneof(
    fc.string({ ...bounds, unit: "grapheme" }),
    hostileText.filter(({ length }) => length >= minLength && length <= maxLength),
  );
}

function boundsOf(schema: JsonSchema): { min: number; max: number } {
  return {
    min: Math.max(schema.minimum ?? 0, -1_000_000),
    max: Math.min(schema.maximum ?? 1_000_000, Number.MAX_SAFE_INTEGER),
  };
}

/** One value just outside each bound of a field's schema. */
function beyond(schema: JsonSchema | boolean | undefined): unknown[] {
  if (typeof schema !== "object") return [];
  const own = [
    ...(schema.minimum === undefined ? [] : [schema.minimum - 1, schema.minimum + 0.5]),
    ...(schema.maximum === undefined ? [] : [schema.maximum + 1]),
    ...(schema.minLength === undefined ? [] : ["x".repeat(Math.max(0, schema.minLength - 1))]),
    ...(schema.maxLength === undefined ? [] : ["x".repeat(schema.maxLength + 1)]),
    ...(schema.maxItems === undefined ? [] : [Array<string>(schema.maxItems + 1).fill("x")]),
  ];
  return [...own, ...(schema.anyOf ?? schema.oneOf ?? []).flatMap(beyond)];
}

/** A valid value in which one thing is wrong, missing or superfluous. */
function nearly(valid: fc.Arbitrary<unknown>, schema: JsonSchema): fc.Arbitrary<unknown> {
  const bounds = Object.entries(schema.properties ?? {}).flatMap(([field, property]) =>
    beyond(property).map((value) => [field, value] as const),
  );
  const inAField = fc
    .tuple(valid, fc.nat(), fc.option(hostileValue, { nil: undefined, freq: 6 }))
    .map(([value, where, wrong]) => {
      const places = pathsIn(value);
      return changedAt(value, places[where % places.length] ?? [], wrong);
    });
  const withAKey = fc
    .tuple(valid, fc.constantFrom(...hostileKeys), hostileValue)
    .map(([value, key, more]) => changedAt(value, [key], more));
  if (bounds.length === 0) return fc.oneof(inAField, withAKey);
  const outOfBounds = fc
    .tuple(valid, fc.constantFrom(...bounds))
    .map(([value, [field, wrong]]) => changedAt(value, [field], wrong));
  return fc.oneof({ weight: 3, arbitrary: inAField }, withAKey, outOfBounds);
}

type ValuePath = readonly (string | number)[];

/** The paths of all values in a value, except its own. */
function pathsIn(value: unknown): ValuePath[] {
  const parts: readonly (readonly [string | number, unknown])[] = isArray(value)
    ? value.map((part, index) => [index, part] as const)
    : isRecord(value)
      ? Object.entries(value)
      : [];
  return parts.flatMap(([key, part]) => [[key], ...pathsIn(part).map((path) => [key, ...path])]);
}

/** A copy with the value there replaced, or removed for `undefined`. */
function changedAt(value: unknown, [key, ...rest]: ValuePath, wrong: unknown): unknown {
  if (key === undefined) return wrong ?? null;
  if (isArray(value)) {
    return value.flatMap((part, index) => {
      if (index !== key) return [part];
      return rest.length === 0 && wrong === undefined ? [] : [changedAt(part, rest, wrong)];
    });
  }
  if (!isRecord(value)) return wrong ?? null;
  const others = Object.entries(value).filter(([name]) => name !== key);
  if (rest.length === 0 && wrong === undefined) return Object.fromEntries(others);
  const before = Object.hasOwn(value, key) ? value[key] : undefined;
  return Object.fromEntries([...others, [`${key}`, changedAt(before, rest, wrong)]]);
}
