import { z } from "zod";

/** The variable that names the file to which a Mocha process writes its results. */
export const RESULTS_VARIABLE = "AMBIENT_MOCHA_RESULTS";

const failure = z.object({ title: z.string(), file: z.string(), reason: z.string() });
export type Failure = z.infer<typeof failure>;

export const mochaResults = z.object({
  passed: z.int(),
  skipped: z.int(),
  failures: z.array(failure),
});
export type MochaResults = z.infer<typeof mochaResults>;

export interface PartResult extends MochaResults {
  readonly name: string;
  readonly seconds: number;
}

/** Sorts results into the planned order, because parts finish in another one. */
export function inOrder(
  results: readonly PartResult[],
  names: readonly string[],
): readonly PartResult[] {
  return results.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
}

/** A part that failed as a whole. It counts as one failure, so that no total hides it. */
export function brokenPart(name: string, seconds: number, reason: string): PartResult {
  const failures = [{ title: name, file: "", reason }];
  return { name, seconds, passed: 0, skipped: 0, failures };
}
