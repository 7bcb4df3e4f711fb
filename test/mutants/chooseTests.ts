import type { Mutant } from "../../rules-mutants/src/index.js";
import { seen } from "../support/rules/coverageReport.js";
import type { TestProfile } from "./profile.js";

/** Few tests kill most mutants. Each batch costs time, so they grow. */
const BATCHES = [4, 16, Number.POSITIVE_INFINITY];

/** Titles of tests. The first batch is the most likely to kill. */
export type Batches = string[][];

/** Chooses the tests that can notice a mutant. `first` is the one that did so the last time. */
export type ChooseTests = (mutant: Mutant, first: string | undefined) => Batches;

interface Evaluated {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** Prepares the choice for the unchanged rules and what the tests evaluate of them. */
export function chooserOf(rules: string, profiles: readonly TestProfile[]): ChooseTests {
  const keys = new Set(profiles.flatMap(({ values }) => Object.keys(values)));
  const ranges = [...keys].map((key): Evaluated => {
    const [start = 0, end = 0] = key.split(":").map(Number);
    return { key, start, end };
  });
  return (mutant, first) => {
    const chosen =
      mutant.kind === "widen verbs"
        ? sameFiles(mutant, ranges, profiles)
        : evaluating(mutant, narrowestAround(mutant.range, rules, ranges), profiles);
    return batchesOf(
      // The emulator reports no constants.
      [...new Set((chosen.length > 0 ? chosen : profiles).map(({ title }) => title))],
      profiles.some(({ title }) => title === first) ? first : undefined,
    );
  };
}

function batchesOf(titles: readonly string[], first: string | undefined): Batches {
  const waiting = titles.filter((title) => title !== first);
  const batches = BATCHES.map((size) => waiting.splice(0, size));
  return [...(first === undefined ? [] : [[first]]), ...batches].filter(({ length }) => length > 0);
}

/** Puts tests first in which the expression had a rare value: its usual value often hides the change. */
function evaluating(
  mutant: Mutant,
  key: string | undefined,
  profiles: readonly TestProfile[],
): readonly TestProfile[] {
  if (key === undefined) return [];
  const valuesOf = ({ values }: TestProfile): number => values[key] ?? 0;
  const chosen = profiles.filter((profile) => canNotice(mutant, valuesOf(profile)));
  const frequencies = Object.values(seen).map((kind) => ({
    kind,
    count: chosen.filter((profile) => (valuesOf(profile) & kind) !== 0).length,
  }));
  const frequency = (profile: TestProfile): number =>
    Math.min(
      ...frequencies.flatMap(({ kind, count }) =>
        (valuesOf(profile) & kind) === 0 ? [] : [count],
      ),
    );
  return chosen.toSorted((a, b) => frequency(a) - frequency(b));
}

/** A test in which a term is always true cannot notice that it is dropped. */
function canNotice({ kind }: Mutant, values: number): boolean {
  const isDropped = kind === "drop conjunct" || kind === "always allow";
  return isDropped ? (values & (seen.false | seen.error)) !== 0 : values !== 0;
}

/** No test evaluates an operation that is not allowed yet, so all tests in the files that test the same rule run. */
function sameFiles(
  { site }: Mutant,
  ranges: readonly Evaluated[],
  profiles: readonly TestProfile[],
): readonly TestProfile[] {
  const inside = ranges.filter(({ start, end }) => start >= site.start && end <= site.end);
  const files = new Set(
    profiles.flatMap(({ file, values }) => (inside.some(({ key }) => key in values) ? [file] : [])),
  );
  return profiles.filter(({ file }) => files.has(file));
}

/** The narrowest evaluated expression that contains a range. The emulator's ranges leave out closing brackets. */
function narrowestAround(
  range: Mutant["range"],
  rules: string,
  ranges: readonly Evaluated[],
): string | undefined {
  const text = rules.slice(range.start, range.end).replace(/[\s()[\]{}]+$/, "");
  const end = range.start + text.length;
  const around = ranges.filter((each) => each.start <= range.start && each.end >= end);
  const [narrowest] = around.toSorted((a, b) => a.end - a.start - (b.end - b.start));
  return narrowest?.key;
}
