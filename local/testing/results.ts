import { isArray, isRecord } from "../json.js";

/** Where a Mocha process writes what came out. */
export const RESULTS_VARIABLE = "AMBIENT_MOCHA_RESULTS";

export interface Failure {
  readonly title: string;
  readonly file: string;
  readonly reason: string;
}

export interface MochaResults {
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
}

export interface PartResult extends MochaResults {
  readonly name: string;
  readonly seconds: number;
}

/** A part that failed as a whole: it counts as one failure, so that no sum hides it. */
export function brokenPart(name: string, seconds: number, reason: string): PartResult {
  const failures = [{ title: name, file: "", reason }];
  return { name, seconds, passed: 0, skipped: 0, failures };
}

export function isMochaResults(value: unknown): value is MochaResults {
  return (
    isRecord(value) &&
    typeof value.passed === "number" &&
    typeof value.skipped === "number" &&
    isArray(value.failures) &&
    value.failures.every(isFailure)
  );
}

function isFailure(value: unknown): value is Failure {
  return (
    isRecord(value) &&
    typeof value.title === "string" &&
    typeof value.file === "string" &&
    typeof value.reason === "string"
  );
}
