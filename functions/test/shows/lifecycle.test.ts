import assert from "node:assert/strict";
import { lifecycleStep, type LifecycleStep } from "../../src/shows/lifecycle.js";
import { showStatus, type ShowStatus } from "../../src/contract/shows.js";

const EXPECTED: Record<LifecycleStep, Record<ShowStatus, string>> = {
  start: {
    draft: "take",
    scheduled: "take",
    live: "done",
    ended: "SHOW_NOT_STARTABLE",
    cancelled: "SHOW_NOT_STARTABLE",
  },
  end: {
    draft: "SHOW_NOT_LIVE",
    scheduled: "SHOW_NOT_LIVE",
    live: "take",
    ended: "done",
    cancelled: "SHOW_NOT_LIVE",
  },
  cancel: {
    draft: "take",
    scheduled: "take",
    live: "SHOW_NOT_CANCELLABLE",
    ended: "SHOW_NOT_CANCELLABLE",
    cancelled: "done",
  },
};

describe("lifecycleStep", () => {
  for (const step of ["start", "end", "cancel"] as const) {
    for (const status of showStatus.options) {
      const expected = EXPECTED[step][status];
      it(`answers ${step} in ${status} with ${expected}`, () => {
        if (expected === "take" || expected === "done") {
          assert.equal(lifecycleStep(step, status), expected);
        } else {
          assert.throws(() => lifecycleStep(step, status), {
            reason: expected,
            details: { status },
          });
        }
      });
    }
  }
});
