import assert from "node:assert/strict";
import { Refusal } from "../../src/errors.js";
import type { RefusalDetails, RefusalReason } from "../../src/contract/reasons.js";

/** For `assert.rejects`: checks the refusal of an operation that is called without its callable. */
export const refuses =
  (reason: RefusalReason, details: RefusalDetails = {}) =>
  (error: unknown): true => {
    assert.ok(error instanceof Refusal, String(error));
    assert.equal(error.reason, reason);
    assert.deepEqual(error.details, details);
    return true;
  };
