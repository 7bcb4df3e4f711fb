import { z } from "zod";

/** The values that an expression of the rules had during a test. */
export const seen = { true: 1, false: 2, error: 4, other: 8 } as const;

/** The expressions that a test evaluates. */
export const testProfile = z.object({
  file: z.string(),
  title: z.string(),
  /** By the expression's range (`start:end`), the sum of what was `seen`. */
  values: z.record(z.string(), z.number()),
});
export type TestProfile = z.output<typeof testProfile>;

/** How often each expression had each value, since the rules were loaded. */
export type Counts = ReadonlyMap<string, ReadonlyMap<number, number>>;

const covered = z.object({
  sourcePosition: z.object({
    currentOffset: z.number().optional(),
    endOffset: z.number().optional(),
  }),
  values: z
    .array(z.object({ value: z.record(z.string(), z.unknown()), count: z.number() }))
    .optional(),
  get children() {
    return z.array(covered).optional();
  },
});
type Covered = z.output<typeof covered>;

export const coverage = z.object({ report: z.array(covered) });

/** Adds up the emulator's report. */
export function countsOf({ report }: z.output<typeof coverage>): Counts {
  const counts = new Map<string, Map<number, number>>();
  const visit = ({ sourcePosition, values = [], children = [] }: Covered): void => {
    const { currentOffset = 0, endOffset = 0 } = sourcePosition;
    const range = `${currentOffset}:${endOffset + 1}`;
    for (const { value, count } of values) {
      const ofRange = counts.get(range) ?? new Map<number, number>();
      counts.set(range, ofRange);
      const kind = kindOf(value);
      ofRange.set(kind, (ofRange.get(kind) ?? 0) + count);
    }
    children.forEach(visit);
  };
  report.forEach(visit);
  return counts;
}

/** What was evaluated between two reports. */
export function valuesBetween(earlier: Counts, later: Counts): TestProfile["values"] {
  const values: Record<string, number> = {};
  for (const [range, kinds] of later) {
    let sum = 0;
    for (const [kind, count] of kinds) {
      if (count > (earlier.get(range)?.get(kind) ?? 0)) sum += kind;
    }
    if (sum > 0) values[range] = sum;
  }
  return values;
}

function kindOf(value: Readonly<Record<string, unknown>>): number {
  if ("boolValue" in value) return value.boolValue === true ? seen.true : seen.false;
  return "undefined" in value ? seen.error : seen.other;
}
