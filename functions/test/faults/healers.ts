import { sweepBlocks } from "../../src/blocks/sweepBlocks.js";
import type { Dependencies } from "../../src/dependencies.js";
import { sweepFollowers } from "../../src/follows/sweepFollowers.js";
import type { FunctionName } from "../../src/functionOptions.js";
import { checkPayments } from "../../src/payments/checkPayments.js";
import { sweepDeletions } from "../../src/privacy/sweepDeletions.js";
import { sweepShows } from "../../src/shows/sweepShows.js";
import { sweepAccounts } from "../../src/suspensions/sweepAccounts.js";

interface Healer {
  readonly text: string;
  /** A cell that takes longer is broken. */
  readonly withinMinutes: number;
}

/** What completes an operation, and how soon at the latest. */
export const healers = {
  call: { text: "another call", withinMinutes: 0 },
  write: { text: "another write", withinMinutes: 0 },
  event: { text: "the event's retry", withinMinutes: 0 },
  task: { text: "the task's retry", withinMinutes: 0 },
  sweepShow: { text: "`sweepShow`", withinMinutes: 1 },
  closing: { text: "`sweepShow` ends a closing after 30 s", withinMinutes: 2 },
  sweepAccounts: { text: "`sweepAccounts`", withinMinutes: 1 },
  sweepDeletions: { text: "`sweepDeletions`", withinMinutes: 1 },
  sweepBlocks: { text: "`sweepBlocks`", withinMinutes: 60 },
  checkPayments: { text: "`checkPayments`", withinMinutes: 120 },
  sweepFollowers: { text: "`sweepFollowers`", withinMinutes: 1_440 },
} as const satisfies Readonly<Record<string, Healer>>;

export type HealerName = keyof typeof healers;

/** The longest that these healers may take together. */
export function boundOf(names: readonly HealerName[]): number {
  return Math.max(...names.map((name) => healers[name].withinMinutes));
}

interface Sweep {
  readonly name: FunctionName;
  readonly everyMinutes: number;
  run(deps: Dependencies): Promise<unknown>;
}

/** As they are deployed. */
export const sweeps: readonly Sweep[] = [
  { name: "sweepShows", everyMinutes: 1, run: sweepShows },
  { name: "sweepAccounts", everyMinutes: 1, run: sweepAccounts },
  { name: "sweepDeletions", everyMinutes: 1, run: sweepDeletions },
  { name: "checkPayments", everyMinutes: 60, run: checkPayments },
  { name: "sweepBlocks", everyMinutes: 60, run: sweepBlocks },
  { name: "sweepFollowers", everyMinutes: 1_440, run: sweepFollowers },
];

/** The minutes after which a state is checked: until long after the bound, so that a late healing shows. */
export function checksFor(names: readonly HealerName[]): readonly number[] {
  const bound = boundOf(names);
  if (bound > 120) return [0, 1, 60, 1_440];
  return bound > 5 ? [0, 1, 60, 120] : [0, 1, 2, 3, 5];
}
