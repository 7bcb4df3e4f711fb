import assert from "node:assert/strict";
import { expressionsOf, isCovered, onlyValueOf, pageOf } from "../matrix/ruleCoverage.js";
import { type Counts, seen } from "../support/rules/coverageReport.js";

const source = "allow get: if\n  isSignedIn();\nuid";
const condition = "16:28";
const datum = "31:34";
const counts = (range: string, ...kinds: number[]): Counts =>
  new Map([[range, new Map(kinds.map((kind) => [kind, 1]))]]);
const expressionsIn = (...reports: Counts[]) => expressionsOf(source, reports);

describe("the coverage of the rules", () => {
  it("takes text and line from the source, and values from all reports", () => {
    assert.deepEqual(expressionsIn(counts(condition, seen.true), counts(condition, seen.error)), [
      { line: 2, text: "isSignedIn()", values: seen.true | seen.error },
    ]);
  });

  for (const [values, isExpected, name] of [
    [[seen.true, seen.false], true, undefined],
    [[seen.true], false, "always true"],
    [[seen.false], false, "always false"],
    [[seen.true, seen.error], false, "always true"],
    [[seen.error], false, "always error"],
    [[], false, "never evaluated"],
  ] as const) {
    it(`${isExpected ? "covers" : "does not cover"} a condition with ${values.length === 0 ? "no value" : values.join(" and ")}`, () => {
      const [expression] = expressionsIn(counts(condition, ...values));
      assert.ok(expression);
      assert.equal(isCovered(expression), isExpected);
      if (name !== undefined) assert.equal(onlyValueOf(expression), name);
    });
  }

  it("covers an expression that is not a condition once it was evaluated", () => {
    const [expression] = expressionsIn(counts(datum, seen.other, seen.true));
    assert.ok(expression && isCovered(expression));
  });

  it("marks what is not covered on the page, with the totals", () => {
    const expressions = expressionsIn(counts(condition, seen.true), counts(datum, seen.other));
    const page = pageOf(source, expressions);
    assert.match(page, /1 of 2 expressions covered/);
    assert.match(page, /isSignedIn\(\);<\/code><mark>always true: isSignedIn\(\)<\/mark>/);
  });
});
