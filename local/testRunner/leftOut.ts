import { inCi } from "./inCi.js";
import type { Extra, Part } from "./parts.js";
import type { PlannedPart } from "./plan.js";
import { brokenPart, type PartResult } from "./results.js";
import { countTests, type MochaRunOptions } from "./runMocha.js";
import type { Surroundings } from "./surroundings.js";

export interface Lack {
  readonly extra: Extra;
  readonly reason: string;
}

/** The first thing that the part requires and this machine lacks. */
export function lackOf({ extras }: Part, { missing }: Surroundings): Lack | undefined {
  for (const extra of extras) {
    const reason = missing[extra];
    if (reason !== undefined) return { extra, reason };
  }
  return undefined;
}

/**
 * Reports in one line what does not run and why. In CI nobody reads it, so there missing sound is a
 * failure.
 */
export async function leaveOut(
  planned: PlannedPart,
  lack: Lack,
  options: MochaRunOptions,
): Promise<PartResult> {
  const { name } = planned.part;
  const files = planned.files.length;
  if (lack.extra === "livekit" && inCi()) return brokenPart(name, 0, `Not run: ${lack.reason}`);
  const tests = await countTests(planned, options);
  options.write(`\n${describeLeftOut(name, tests, files, lack.reason)}\n`);
  return { name, passed: 0, skipped: tests ?? files, failures: [], seconds: 0 };
}

export function describeLeftOut(
  name: string,
  tests: number | undefined,
  files: number,
  reason: string,
): string {
  const inFiles = `${files} ${files === 1 ? "file" : "files"}`;
  const what = tests === undefined ? inFiles : `${tests} tests in ${inFiles}`;
  return `${name}: left out (${what}): ${reason}`;
}
