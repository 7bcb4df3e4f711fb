import { z } from "zod";
import type { Counts } from "../support/rules/coverageReport.js";

/** The expressions that a test evaluates. */
export const testProfile = z.object({
  file: z.string(),
  title: z.string(),
  /** By the expression's range (`start:end`), the sum of what was `seen`. */
  values: z.record(z.string(), z.number()),
});
export type TestProfile = z.output<typeof testProfile>;

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
