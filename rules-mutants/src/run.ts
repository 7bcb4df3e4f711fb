import { createHash } from "node:crypto";
import type { Mutant } from "./mutants.js";

/**
 * Runs tests against mutated rules. Returns the name of the test that failed, or undefined if none did. The hint is the name
 * that the last run returned for this mutant.
 */
export type Kill = (mutant: Mutant, hint: string | undefined) => Promise<string | undefined>;

/** The result of a run for one mutant. */
export interface RecordEntry {
  /** Of the mutated rules. */
  readonly hash: string;
  readonly killedBy: string | null;
  /** Of the tests that the result depends on. */
  readonly stamp: string;
}

/** The results of earlier runs, by the mutants' ids. */
export type RunRecord = Readonly<Record<string, RecordEntry>>;

export interface RunOptions {
  readonly mutants: readonly Mutant[];
  readonly kill: Kill;
  /** How many mutants to try at a time. */
  readonly jobs: number;
  /** The proofs that mutants behave like the original, by the mutants' ids. */
  readonly equivalents: Readonly<Record<string, string>>;
  readonly record: RunRecord;
  /** Identifies the state of the tests: of the named one, or of all where none failed. */
  stampOf(killedBy: string | null): string;
  /** After each mutant that was tried. */
  onResult(mutant: Mutant, entry: RecordEntry, progress: Progress): void;
  readonly signal?: AbortSignal;
}

export interface Progress {
  readonly finished: number;
  readonly total: number;
}

export interface RunReport {
  readonly mutants: number;
  readonly killed: readonly Mutant[];
  readonly survived: readonly Mutant[];
  readonly equivalent: readonly Mutant[];
  /** Listed as equivalent, but a test tells them from the original. */
  readonly refuted: readonly { readonly mutant: Mutant; readonly killedBy: string }[];
}

/**
 * Tries every mutant whose result is not known from an earlier run. Those listed as equivalent come last: they take the
 * longest, because no test stops them.
 */
export async function runMutants(options: RunOptions): Promise<RunReport> {
  const { mutants, record, equivalents } = options;
  const killed: Mutant[] = [];
  const survived: Mutant[] = [];
  const equivalent: Mutant[] = [];
  const refuted: { readonly mutant: Mutant; readonly killedBy: string }[] = [];
  const add = (mutant: Mutant, { killedBy }: RecordEntry): void => {
    const isListed = mutant.id in equivalents;
    if (killedBy === null) (isListed ? equivalent : survived).push(mutant);
    else killed.push(mutant);
    if (killedBy !== null && isListed) refuted.push({ mutant, killedBy });
  };

  const waiting: { readonly mutant: Mutant; readonly hash: string }[] = [];
  for (const mutant of mutants) {
    const hash = createHash("sha256").update(mutant.rules).digest("hex");
    const entry = record[mutant.id];
    if (entry?.hash === hash && entry.stamp === options.stampOf(entry.killedBy)) add(mutant, entry);
    else waiting.push({ mutant, hash });
  }
  waiting.sort((a, b) => Number(a.mutant.id in equivalents) - Number(b.mutant.id in equivalents));
  let finished = mutants.length - waiting.length;
  const tryNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      options.signal?.throwIfAborted();
      const { mutant, hash } = next;
      const killedBy =
        (await options.kill(mutant, record[mutant.id]?.killedBy ?? undefined)) ?? null;
      const entry = { hash, killedBy, stamp: options.stampOf(killedBy) };
      add(mutant, entry);
      finished += 1;
      options.onResult(mutant, entry, { finished, total: mutants.length });
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, tryNext));
  return { mutants: mutants.length, killed, survived, equivalent, refuted };
}

/** The ids among the equivalents that name no mutant any more. */
export function obsoleteAmong(
  equivalents: Readonly<Record<string, string>>,
  mutants: readonly Mutant[],
): readonly string[] {
  const ids = new Set(mutants.map(({ id }) => id));
  return Object.keys(equivalents).filter((id) => !ids.has(id));
}

/** The lines for people. The last one has the totals. */
export function renderReport(report: RunReport): readonly string[] {
  const { mutants, killed, survived, equivalent, refuted } = report;
  return [
    ...refuted.map(
      ({ mutant, killedBy }) => `listed as equivalent, but killed by ${killedBy}: ${mutant.id}`,
    ),
    ...survived.map(({ line, id }) => `survived: line ${line}: ${id}`),
    `${mutants} mutants, ${killed.length} killed, ${survived.length} survived, ${equivalent.length} equivalent`,
  ];
}
