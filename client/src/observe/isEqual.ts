import { field, numberField } from "../json.js";

/** Compares documents: plain objects, lists and timestamps. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isObject(one) || !isObject(other)) return false;
  const [at, otherAt] = [millisOf(one), millisOf(other)];
  if (at !== undefined || otherAt !== undefined) {
    return at === otherAt && numberField(one, "nanoseconds") === numberField(other, "nanoseconds");
  }
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) => Object.hasOwn(other, name) && isEqual(field(one, name), field(other, name)),
    )
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function millisOf(value: object): number | undefined {
  const toMillis: unknown = Reflect.get(value, "toMillis");
  const millis: unknown = typeof toMillis === "function" ? toMillis.call(value) : undefined;
  return typeof millis === "number" ? millis : undefined;
}
