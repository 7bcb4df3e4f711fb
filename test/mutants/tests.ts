import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Mutant } from "../../rules-mutants/src/index.js";
import { localDirectory, root } from "../../local/files/paths.js";
import { type ChooseTests, chooserOf } from "./chooseTests.js";
import { killerOf } from "./killer.js";
import { MATRIX, matrixFiles, matrixPathsOf } from "./matrixPaths.js";
import { orders } from "./orders.js";
import { testProfile } from "./profile.js";
import type { Workers } from "./workers.js";

/** What all rules tests use. */
const SUPPORT = ["builders", "crowd", "personas", "world"].map(
  (name) => `test/support/rules/${name}.ts`,
);

const profileFile = join(localDirectory, "mutants", "profiles.json");
const profilesOfFile = z.record(
  z.string(),
  z.object({ stamp: z.string(), profiles: z.array(testProfile) }),
);

/** The rules tests, and what each of them evaluates. */
export interface RulesTests {
  readonly choose: ChooseTests;
  readonly pathsOf: (mutant: Mutant) => readonly string[];
  readonly stampOf: (killedBy: string | null) => string;
}

/** Learns what each test evaluates, for the files that changed since the last time. */
export async function profileTests(
  rules: string,
  files: readonly string[],
  withWorkers: (
    files: readonly string[],
    use: (workers: Workers) => Promise<void>,
  ) => Promise<void>,
  onProgress: (line: string) => void,
): Promise<RulesTests> {
  const support = hashOf(...SUPPORT.map(textOf));
  const stamps = new Map(files.map((file) => [file, hashOf(support, textOf(file))]));
  const known = profilesOfFile.safeParse(
    JSON.parse(await readFile(profileFile, "utf8").catch(() => "null")),
  );
  const current = known.data ?? {};
  const isKnown = (file: string) => current[file]?.stamp === hashOf(stamps.get(file) ?? "", rules);
  const missing = files.filter((file) => !isKnown(file));
  const save = savedAs(profileFile);
  if (missing.length > 0) {
    onProgress("Running the tests with the unchanged rules…");
    await withWorkers(missing, async (workers) => {
      await Promise.all(
        missing.map(async (file) => {
          const profiles = await workers.order(orders.profile, { file, rules });
          current[file] = { stamp: hashOf(stamps.get(file) ?? "", rules), profiles };
          onProgress(`${file}: ${profiles.length} tests`);
          await save(current);
        }),
      );
    });
  }
  stamps.set(MATRIX, hashOf(support, ...matrixFiles().map(textOf)));
  const all = hashOf(...stamps.values());
  return {
    pathsOf: matrixPathsOf(rules),
    choose: chooserOf(
      rules,
      files.flatMap((file) => current[file]?.profiles ?? []),
    ),
    stampOf: (killedBy) =>
      (killedBy === null ? undefined : stamps.get(killerOf(killedBy).file)) ?? all,
  };
}

/** The matrix takes minutes for a mutant that survives, so those with a proof only get the tests. */
export async function killWith(
  workers: Workers,
  { choose, pathsOf }: RulesTests,
  { mutant, hint, isProven }: { mutant: Mutant; hint: string | undefined; isProven: boolean },
): Promise<string | undefined> {
  const batches = choose(mutant, hint === undefined ? undefined : killerOf(hint).title);
  const killedBy = await workers.order(orders.kill, {
    rules: mutant.rules,
    batches,
    paths: isProven ? [] : [...pathsOf(mutant)],
  });
  return killedBy ?? undefined;
}

/** Stores values in a file, one after the other. A run can be stopped at any time. */
export function savedAs(file: string): (value: unknown) => Promise<void> {
  let last: Promise<void> = mkdir(dirname(file), { recursive: true }).then(() => undefined);
  return (value) => {
    const text = JSON.stringify(value);
    last = last.then(async () => {
      await writeFile(`${file}.new`, text);
      await rename(`${file}.new`, file);
    });
    return last;
  };
}

function textOf(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

function hashOf(...texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text).update("\0");
  return hash.digest("hex");
}
