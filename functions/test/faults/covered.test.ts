import assert from "node:assert/strict";
import * as deployed from "../../src/index.js";
import { covered, notCovered } from "./covered.js";

describe("the fault matrix", () => {
  const names = Object.keys(deployed).sort();

  it("has each deployed function in an operation, or a reason why not; add a new one to functions/test/faults", () => {
    assert.deepEqual([...covered, ...Object.keys(notCovered)].sort(), names);
  });

  it("gives each reason in one short sentence", () => {
    for (const [name, reason] of Object.entries(notCovered)) {
      assert.match(reason, /^[A-Z][^.]{10,80}\.$/, name);
    }
  });
});
