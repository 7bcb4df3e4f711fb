import { FirebaseError } from "firebase/app";
import assert from "node:assert/strict";
import { z } from "zod";
import { AmbientError } from "../../client/src/errors/ambientError.js";
import type { AmbientReason } from "../../client/src/errors/reason.js";
import { refusals, type RefusalReason } from "../../functions/src/contract/reasons.js";

const details = z.looseObject({ reason: z.string() });

/**
 * For `assert.rejects`: checks what an app sees of a refusal, which is the code, the reason, and
 * the `expected` details.
 */
export function refusal(reason: RefusalReason, expected: Record<string, unknown> = {}) {
  return (error: unknown): true => {
    assert.ok(error instanceof FirebaseError, `not a FirebaseError: ${String(error)}`);
    assert.ok("details" in error, `no details: ${error.message}`);
    const found = details.parse(error.details);
    assert.equal(found.reason, reason);
    assert.equal(error.code, `functions/${refusals[reason].code}`);
    for (const [key, value] of Object.entries(expected)) assert.deepEqual(found[key], value);
    return true;
  };
}

/** The same for an error of the client package. */
export function because(reason: AmbientReason) {
  return (error: unknown): true => {
    assert.ok(error instanceof AmbientError, `not an AmbientError: ${String(error)}`);
    assert.equal(error.reason, reason);
    return true;
  };
}

/** Checks that the rules denied a read or write. */
export function denied(error: unknown): true {
  assert.ok(error instanceof FirebaseError, `not a FirebaseError: ${String(error)}`);
  assert.equal(error.code, "permission-denied");
  return true;
}
