import type { Moment } from "../../../functions/src/contract/fields.js";
import { field } from "../json.js";
import type { DocumentFields, QueryConstraintHandle, QueryHandle } from "../sdk/firebaseSdk.js";

/** A document of a collection. */
export type Entry = readonly [id: string, fields: DocumentFields];

/** Which documents of a collection, in which order, and how many. */
interface Plan {
  readonly collection: string;
  readonly filters: readonly ((...entry: Entry) => boolean)[];
  readonly order: readonly (readonly [path: string, sign: 1 | -1])[];
  readonly after: readonly unknown[] | undefined;
  readonly limit: number;
}

export class MemoryQuery implements QueryHandle {
  readonly firestore = {};
  readonly plan: Plan;

  constructor(plan: Plan) {
    this.plan = plan;
  }
}

export class MemoryConstraint implements QueryConstraintHandle {
  readonly type: string;
  readonly addTo: (plan: Plan) => Plan;

  constructor(type: string, addTo: (plan: Plan) => Plan) {
    this.type = type;
    this.addTo = addTo;
  }
}

export function wholeCollection(collection: string): MemoryQuery {
  return new MemoryQuery({ collection, filters: [], order: [], after: undefined, limit: Infinity });
}

export function where(path: string, operator: string, value: unknown): MemoryConstraint {
  return new MemoryConstraint("where", (plan) => ({
    ...plan,
    filters: [
      ...plan.filters,
      (...entry: Entry) => matchesFilter(valueAt(path, entry), operator, value),
    ],
  }));
}

export function orderBy(path: string, direction: "asc" | "desc"): MemoryConstraint {
  return new MemoryConstraint("orderBy", (plan) => ({
    ...plan,
    order: [...plan.order, [path, direction === "asc" ? 1 : -1]],
  }));
}

export function limit(count: number): MemoryConstraint {
  return new MemoryConstraint("limit", (plan) => ({ ...plan, limit: count }));
}

export function startAfter(...values: readonly unknown[]): MemoryConstraint {
  return new MemoryConstraint("startAfter", (plan) => ({ ...plan, after: values }));
}

/** The documents of the collection that the query returns. */
export function matching(
  { plan: { filters, order, after, limit: count } }: MemoryQuery,
  entries: readonly Entry[],
): readonly Entry[] {
  const compareKeys: Compare<readonly unknown[]> = (a, b) => {
    for (const [index, [, sign]] of order.entries()) {
      const difference = compare(a[index], b[index]) * sign;
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const isAfter = (key: readonly unknown[]) =>
    !after || compareKeys(key.slice(0, after.length), after) > 0;
  return (
    entries
      .filter((entry) => filters.every((matches) => matches(...entry)))
      .map((entry) => ({ entry, key: order.map(([path]) => valueAt(path, entry)) }))
      // Firestore leaves out documents without a field of the order.
      .filter(({ key }) => key.every((value) => value !== undefined))
      .sort((a, b) => compareKeys(a.key, b.key))
      .filter(({ key }) => isAfter(key))
      .slice(0, count)
      .map(({ entry }) => entry)
  );
}

/** The value at a path such as `audience.listeners`. */
function valueAt(path: string, [id, fields]: Entry): unknown {
  if (path === "__name__") return id;
  return path.split(".").reduce<unknown>((part, name) => field(part, name), fields);
}

function matchesFilter(found: unknown, operator: string, value: unknown): boolean {
  if (found === undefined) return false;
  switch (operator) {
    case "==":
      return compare(found, value) === 0;
    case "in":
      return Array.isArray(value) && value.some((each) => compare(found, each) === 0);
    case "array-contains":
      return Array.isArray(found) && found.some((each) => compare(each, value) === 0);
    case "<=":
      return compare(found, value) <= 0;
    case ">":
      return compare(found, value) > 0;
    default:
      throw new Error(`no such operator: ${operator}`);
  }
}

type Compare<Value> = (a: Value, b: Value) => number;

const compare: Compare<unknown> = (a, b) => {
  const [one, other] = [normal(a), normal(b)];
  if (one === other) return 0;
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one) < String(other) ? -1 : 1;
};

/** Moments and dates as milliseconds. */
function normal(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  return isMoment(value) ? value.toMillis() : value;
}

function isMoment(value: unknown): value is Moment {
  return (
    typeof value === "object" &&
    value !== null &&
    "toMillis" in value &&
    typeof value.toMillis === "function"
  );
}
