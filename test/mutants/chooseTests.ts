import type { Mutant } from "../../rules-mutants/src/index.js";
import { seen, type TestProfile } from "./profile.js";

/** Few tests kill most mutants. Each batch has a cost, so they grow. */
const BATCHES = [4, 16, Number.POSITIVE_INFINITY];

/**
 * The tests that can notice a mutant, in batches: first those in which the changed expression had a rare value,
 * since its usual one often changes nothing.
 */
export function chooseTests(
  mutant: Mutant,
  profiles: readonly TestProfile[],
  first: string | undefined,
): readonly (readonly string[])[] {
  const chosen =
    mutant.kind === "widen verbs" ? sameFiles(mutant, profiles) : evaluating(mutant, profiles);
  const titles = [...new Set(chosen.map(({ title }) => title))];
  const batches: string[][] = [];
  if (first !== undefined && titles.includes(first)) batches.push([first]);
  for (const size of BATCHES) {
    const batch = titles.splice(0, size).filter((title) => title !== first);
    if (batch.length > 0) batches.push(batch);
  }
  return batches;
}

function evaluating(mutant: Mutant, profiles: readonly TestProfile[]): readonly TestProfile[] {
  const range = narrowestAround(mutant.range, profiles);
  if (range === undefined) return [];
  const valuesOf = ({ values }: TestProfile): number => values[range] ?? 0;
  const chosen = profiles.filter((profile) => canNotice(mutant, valuesOf(profile)));
  const frequency = new Map<number, number>();
  for (const kind of Object.values(seen)) {
    frequency.set(kind, chosen.filter((profile) => (valuesOf(profile) & kind) !== 0).length);
  }
  const rarity = (profile: TestProfile): number =>
    Math.min(
      ...[...frequency].flatMap(([kind, count]) =>
        (valuesOf(profile) & kind) === 0 ? [] : [count],
      ),
    );
  return chosen.toSorted((a, b) => rarity(a) - rarity(b));
}

/** A term that is true in a test may as well be dropped in it. */
function canNotice({ kind }: Mutant, values: number): boolean {
  const isDropped = kind === "drop conjunct" || kind === "always allow";
  return (values & (isDropped ? seen.false | seen.error : 15)) !== 0;
}

/** No test evaluates an operation that is not allowed yet, so: the files that test the same rule. */
function sameFiles(mutant: Mutant, profiles: readonly TestProfile[]): readonly TestProfile[] {
  const { start, end } = mutant.site;
  const files = new Set(
    profiles.flatMap(({ file, values }) =>
      Object.keys(values).some((range) => isWithin(range, start, end)) ? [file] : [],
    ),
  );
  return profiles.filter(({ file }) => files.has(file));
}

function isWithin(range: string, start: number, end: number): boolean {
  const [from = 0, to = 0] = range.split(":").map(Number);
  return from >= start && to <= end;
}

/** The narrowest evaluated expression that contains a range. */
function narrowestAround(
  { start, end }: Mutant["range"],
  profiles: readonly TestProfile[],
): string | undefined {
  let narrowest: string | undefined;
  let width = Number.POSITIVE_INFINITY;
  for (const range of new Set(profiles.flatMap(({ values }) => Object.keys(values)))) {
    const [from = 0, to = 0] = range.split(":").map(Number);
    if (from <= start && to >= end && to - from < width) {
      narrowest = range;
      width = to - from;
    }
  }
  return narrowest;
}
