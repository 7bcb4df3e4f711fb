import { isDeepStrictEqual } from "node:util";
import { titleOf, type Fault } from "./faults.js";
import { boundOf } from "./healers.js";
import type { Operation } from "./operation.js";

/** What came of one run. */
export interface RunResult {
  /** What the caller got: "ok", a reason, or "no answer". */
  readonly outcome: string;
  /** Until all was right; null: it was not at the last check. */
  readonly minutesToHeal: number | null;
  /** What was wrong then, for each state that was not right. */
  readonly wrong: readonly (readonly string[])[];
  /** A device was notified twice of the same. */
  readonly isNotifiedTwice: boolean;
}

/** What one fault did to one operation, over all of the fault's runs. */
export interface Cell {
  readonly operation: string;
  readonly fault: Pick<Fault, "family" | "name">;
  readonly runs: number;
  readonly outcomes: readonly string[];
  /** Until the invariants held and the operation was done wholly or not at all, in the worst case; null: never, or calling again does not do it. */
  readonly minutesToHeal: number | null;
  /** What is wrong, in words. */
  readonly broken: readonly string[];
}

/**
 * A cell is broken if something stays wrong that is not exactly a known loss, if it heals later than its operation's
 * healers promise, or if a known loss does not occur.
 */
export function judge(
  { name, healers, losses = [] }: Pick<Operation, "name" | "healers" | "losses">,
  { family, name: faultName }: Pick<Fault, "family" | "name">,
  results: readonly RunResult[],
): Cell {
  const fault = { family, name: faultName };
  const loss = losses.find((each) => each.fault === titleOf(fault));
  const bound = boundOf(healers);
  const isKnown = ({ wrong }: RunResult) =>
    wrong.length > 0 && wrong.every((each) => isDeepStrictEqual(each, loss?.differences));
  const broken = results.flatMap((result, index) => {
    const { minutesToHeal, outcome, wrong, isNotifiedTwice } = result;
    const lines = isKnown(result)
      ? []
      : wrong.map((each) => `after "${outcome}" ${each.join("; ")}`);
    if ((minutesToHeal ?? 0) > bound) lines.push(`right after ${minutesToHeal} min, not ${bound}`);
    if (isNotifiedTwice) lines.push("a device was notified twice");
    return lines.map((line) => `run ${index + 1}: ${line}`);
  });
  const lost = results.filter(isKnown).length;
  if (loss && lost !== loss.runs) {
    broken.push(`the known loss occurs in ${lost} runs instead of ${loss.runs}`);
  }
  const minutes = results.map(({ minutesToHeal }) => minutesToHeal);
  return {
    operation: name,
    fault,
    runs: results.length,
    outcomes: [...new Set(results.map(({ outcome }) => outcome))].sort(),
    minutesToHeal: minutes.includes(null) ? null : Math.max(0, ...minutes.map((each) => each ?? 0)),
    broken,
  };
}
