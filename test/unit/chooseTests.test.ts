import assert from "node:assert/strict";
import { mutantsOf } from "../../rules-mutants/src/index.js";
import { chooserOf } from "../mutants/chooseTests.js";
import { seen } from "../support/rules/coverageReport.js";

const rules = "allow get: if isA() && isB(c); allow list: if d == 1;";
/** As the emulator reports it: without closing brackets. */
const range = (text: string): string => {
  const start = rules.indexOf(text);
  return `${start}:${start + text.length}`;
};
const [whole, a, b, list] = [
  range("isA() && isB(c"),
  range("isA"),
  range("isB(c"),
  range("d == 1"),
];

const profiles = [
  { file: "a.test.ts", title: "1", values: { [whole]: seen.true, [a]: seen.true, [b]: seen.true } },
  { file: "a.test.ts", title: "2", values: { [whole]: seen.true, [a]: seen.true, [b]: seen.true } },
  { file: "a.test.ts", title: "3", values: { [whole]: seen.false, [a]: seen.false } },
  {
    file: "a.test.ts",
    title: "4",
    values: { [whole]: seen.error, [a]: seen.true, [b]: seen.error },
  },
  { file: "b.test.ts", title: "5", values: { [list]: seen.other } },
];
const choose = chooserOf(rules, profiles);

function chosen(id: string, first?: string): readonly (readonly string[])[] {
  const mutant = mutantsOf(rules).find((each) => each.id === id);
  return choose(mutant ?? assert.fail(id), first);
}

describe("the tests that are run against a mutant", () => {
  it("evaluate what changed, and begin with rare values", () => {
    assert.deepEqual(chosen("negate | allow get | isA() → !(isA())"), [["3", "1", "2", "4"]]);
    assert.deepEqual(chosen("swap logic | allow get | isA() && isB(c) → ||"), [
      ["3", "4", "1", "2"],
    ]);
  });

  it("exclude those in which a dropped condition was true", () => {
    assert.deepEqual(chosen("drop conjunct | allow get | isB(c) → true"), [["4"]]);
    assert.deepEqual(chosen("always allow | allow get | isA() && isB(c) → true"), [["3", "4"]]);
  });

  it("are those of the same files for a new operation, which none of them reaches yet", () => {
    assert.deepEqual(chosen("widen verbs | allow list | list → list, get"), [["5"]]);
  });

  it("begin with the one that killed it the last time, if it still exists", () => {
    assert.deepEqual(chosen("negate | allow get | isA() → !(isA())", "4"), [
      ["4"],
      ["3", "1", "2"],
    ]);
    assert.deepEqual(chosen("drop conjunct | allow get | isB(c) → true", "gone"), [["4"]]);
  });
});
