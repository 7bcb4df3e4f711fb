import assert from "node:assert/strict";
import { DriftWatch } from "../../src/follow/driftWatch.js";

describe("DriftWatch", () => {
  const judged = (...leads: number[]) => {
    const watch = new DriftWatch();
    return leads.map((lead) => watch.look(lead, 40)).at(-1);
  };

  it("ignores differences within the tolerance", () => {
    assert.deepEqual(judged(40, -40, 39), { kind: "fine" });
  });

  it("acts on three consistent reports, by the middle one", () => {
    assert.deepEqual(judged(90), { kind: "unclear" });
    assert.deepEqual(judged(90, 300), { kind: "unclear" });
    assert.deepEqual(judged(90, 300, 100), { kind: "off", leadMs: 100 });
    assert.deepEqual(judged(-90, -41, -200), { kind: "off", leadMs: -90 });
  });

  it("starts over after an inconsistent report", () => {
    assert.deepEqual(judged(90, 95, 10, 90, 95), { kind: "unclear" });
    assert.deepEqual(judged(90, 95, -90, -95), { kind: "unclear" });
  });

  it("starts over after a command", () => {
    const watch = new DriftWatch();
    watch.look(90, 40);
    watch.look(90, 40);
    watch.reset();
    assert.deepEqual(watch.look(90, 40), { kind: "unclear" });
  });
});
