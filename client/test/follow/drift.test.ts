import assert from "node:assert/strict";
import { type DriftVerdict, judgeDrift } from "../../src/follow/drift.js";

describe("the judgement of drift", () => {
  const judged = (...leads: number[]) => {
    let verdict: DriftVerdict = { kind: "fine", leads: [] };
    for (const lead of leads) verdict = judgeDrift(verdict.leads, lead, 40);
    return verdict.kind === "off" ? verdict.leadMs : verdict.kind;
  };

  it("ignores differences within the tolerance", () => {
    for (const lead of [40, -40, 39]) assert.equal(judged(lead), "fine");
  });

  it("acts on three consistent reports, by the middle one", () => {
    assert.equal(judged(90), "unclear");
    assert.equal(judged(90, 300), "unclear");
    assert.equal(judged(90, 300, 100), 100);
    assert.equal(judged(-90, -41, -200), -90);
    assert.equal(judged(90, 300, 100, 500), 300);
  });

  it("starts over after an inconsistent report", () => {
    assert.equal(judged(90, 95, 10, 90, 95), "unclear");
    assert.equal(judged(90, 95, -90, -95), "unclear");
  });
});
