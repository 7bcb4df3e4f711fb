import { z } from "zod";
import { emulator } from "./world.js";

/*
 * The emulator's report of what each expression of the rules was evaluated to, since the rules were loaded.
 * @see {@link https://firebase.google.com/docs/firestore/security/test-rules-emulator | Test reports}
 */

/** The values that an expression had, as bits. */
export const seen = { true: 1, false: 2, error: 4, other: 8 } as const;

/** How often each expression (its range in the source, `start:end`) had each of the `seen` values. */
export type Counts = ReadonlyMap<string, ReadonlyMap<number, number>>;

const reported = z.object({
  sourcePosition: z.object({
    currentOffset: z.number().optional(),
    endOffset: z.number().optional(),
  }),
  values: z
    .array(z.object({ value: z.record(z.string(), z.unknown()), count: z.number() }))
    .optional(),
  get children() {
    return z.array(reported).optional();
  },
});
type Reported = z.output<typeof reported>;

const coverageReport = z.object({ report: z.array(reported) });

/** Reads a project's report. It grows with each request, to hundreds of MB: reload the rules now and then. */
export async function readCounts(projectId: string): Promise<Counts> {
  const { host, port } = emulator();
  const address = `http://${host}:${port}/emulator/v1/projects/${projectId}:ruleCoverage`;
  const { report } = coverageReport.parse(await (await fetch(address)).json());
  const counts = new Map<string, Map<number, number>>();
  const visit = ({ sourcePosition, values = [], children = [] }: Reported): void => {
    const { currentOffset = 0, endOffset = 0 } = sourcePosition;
    const range = `${currentOffset}:${endOffset + 1}`;
    const ofRange = counts.get(range) ?? new Map<number, number>();
    counts.set(range, ofRange);
    for (const { value, count } of values) {
      const kind = kindOf(value);
      ofRange.set(kind, (ofRange.get(kind) ?? 0) + count);
    }
    children.forEach(visit);
  };
  report.forEach(visit);
  return counts;
}

function kindOf(value: Readonly<Record<string, unknown>>): number {
  if ("boolValue" in value) return value.boolValue === true ? seen.true : seen.false;
  return "undefined" in value ? seen.error : seen.other;
}
