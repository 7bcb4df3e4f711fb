import assert from "node:assert/strict";
import { mutantsOf } from "../src/mutants.js";
import { obsoleteAmong, type RecordEntry, renderReport, runMutants } from "../src/run.js";

const mutants = mutantsOf("function f() { return a == b && c == d; }");
const [logic = "", first = "", equality = ""] = mutants.map(({ id }) => id);

/** Runs all mutants; the named ones are killed. */
async function run(options: {
  readonly killed: readonly string[];
  readonly equivalents?: Readonly<Record<string, string>>;
  readonly record?: Readonly<Record<string, RecordEntry>>;
  readonly stamp?: string;
}) {
  const tried: string[] = [];
  const hints: (string | undefined)[] = [];
  const record: Record<string, RecordEntry> = { ...options.record };
  const progress: string[] = [];
  const report = await runMutants({
    mutants,
    jobs: 2,
    equivalents: options.equivalents ?? {},
    record,
    stampOf: (killedBy) => `${options.stamp ?? "1"} of ${killedBy ?? "all"}`,
    kill({ id }, hint) {
      tried.push(id);
      hints.push(hint);
      return Promise.resolve(options.killed.includes(id) ? "a test" : undefined);
    },
    onResult({ id }, entry, { finished, total }) {
      record[id] = entry;
      progress.push(`${finished}/${total}`);
    },
  });
  return { report, tried, hints, record, progress };
}

const all = mutants.map(({ id }) => id);

describe("a run of mutants", () => {
  it("distinguishes killed, surviving and equivalent mutants", async () => {
    const { report, tried, progress } = await run({
      killed: all.filter((id) => id !== logic && id !== first),
      equivalents: { [first]: "A proof." },
    });
    assert.deepEqual(tried, [...all.filter((id) => id !== first), first]);
    assert.deepEqual(progress, ["1/5", "2/5", "3/5", "4/5", "5/5"]);
    assert.deepEqual(renderReport(report), [
      `survived: line 1: ${logic}`,
      "5 mutants, 3 killed, 1 survived, 1 equivalent",
    ]);
  });

  it("refutes an equivalent that a test kills", async () => {
    const { report } = await run({ killed: all, equivalents: { [equality]: "Not so." } });
    assert.deepEqual(renderReport(report), [
      `listed as equivalent, but killed by a test: ${equality}`,
      "5 mutants, 5 killed, 0 survived, 0 equivalent",
    ]);
  });

  it("runs only mutants whose rules or tests have changed", async () => {
    const { record } = await run({ killed: all.slice(1) });
    const again = await run({ killed: [], record });
    assert.deepEqual(again.tried, []);
    assert.deepEqual(renderReport(again.report), [
      `survived: line 1: ${logic}`,
      "5 mutants, 4 killed, 1 survived, 0 equivalent",
    ]);
    const otherTests = await run({ killed: [], record, stamp: "2" });
    assert.deepEqual(otherTests.tried, all);
    assert.deepEqual(otherTests.hints, [undefined, ...all.slice(1).map(() => "a test")]);
    const otherRules = { ...record, [first]: { hash: "other", killedBy: null, stamp: "1 of all" } };
    assert.deepEqual((await run({ killed: [], record: otherRules })).tried, [first]);
  });

  it("finds listed equivalents that no longer exist", () => {
    assert.deepEqual(obsoleteAmong({ [first]: "A proof.", gone: "A proof." }, mutants), ["gone"]);
  });
});
