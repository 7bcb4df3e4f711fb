import { FirebaseError, initializeApp } from "firebase/app";
import { connectFunctionsEmulator, getFunctions, httpsCallable } from "firebase/functions";
import assert from "node:assert/strict";
import { refusals, type RefusalReason } from "../../../functions/src/contract/reasons.js";
import { problemReason } from "../../../functions/src/contract/showProblems.js";
import { AmbientError, asAmbientError } from "../../src/errors/ambientError.js";
import { english, messageFor } from "../../src/errors/messages.js";
import { clientReasons, serverReasons } from "../../src/errors/reason.js";

/** An error as the SDK's callables throw it. */
function refused(code: string, details: unknown): Error {
  return Object.assign(new FirebaseError(`functions/${code}`, "refused"), { details });
}

describe("AmbientError", () => {
  it("has the server's reason and details", () => {
    for (const reason of serverReasons) {
      const details = { reason, retryAfterSeconds: 7 };
      const error = asAmbientError(refused(refusals[reason].code, details));
      assert.equal(error.reason, reason);
      assert.equal(error.retryAfterSeconds, 7);
    }
  });

  it("keeps the invalid fields, and drops unknown details", () => {
    const issues = [{ path: "showId", message: "must be an id" }];
    const details = { reason: "INVALID_ARGUMENT", issues, stack: "secret" };
    assert.deepEqual(asAmbientError(refused("invalid-argument", details)).details, { issues });
  });

  it("uses the error code if the reason is missing or newer than the app", () => {
    const newer = refused("permission-denied", { reason: "TOO_CLEVER_FOR_YOU" });
    assert.equal(asAmbientError(newer).reason, "PERMISSION_DENIED");
    const codes = {
      "permission-denied": "PERMISSION_DENIED",
      "firestore/permission-denied": "PERMISSION_DENIED",
      "unavailable": "OFFLINE",
      "functions/deadline-exceeded": "OFFLINE",
      "auth/network-request-failed": "OFFLINE",
      "cancelled": "OFFLINE",
      "auth/user-token-expired": "SIGNED_OUT",
      "auth/invalid-refresh-token": "SIGNED_OUT",
      "functions/unauthenticated": "SIGNED_OUT",
      "not-found": "NOT_FOUND",
      "aborted": "CONTENTION",
      "functions/internal": "INTERNAL",
      // React Native Firebase on iOS, without a network.
      "unknown": "OFFLINE",
    } as const;
    for (const [code, reason] of Object.entries(codes)) {
      assert.equal(asAmbientError(new FirebaseError(code, "no")).reason, reason, code);
    }
  });

  it("is OFFLINE if no function answers", async () => {
    const functions = getFunctions(initializeApp({ projectId: "demo", apiKey: "key" }, "nobody"));
    connectFunctionsEmulator(functions, "127.0.0.1", 9);
    await assert.rejects(httpsCallable(functions, "joinShow")(), (error) => {
      assert.equal(asAmbientError(error).reason, "OFFLINE");
      return true;
    });
  });

  it("passes itself through, and accepts anything that is thrown", () => {
    const error = new AmbientError("SLOW_MODE");
    assert.equal(asAmbientError(error), error);
    for (const thrown of [undefined, null, "text", 7, new Error("plain")]) {
      assert.equal(asAmbientError(thrown).reason, "INTERNAL");
    }
    assert.equal(new AmbientError("OFFLINE", { cause: new Error("why") }).message, "OFFLINE: why");
  });
});

describe("messageFor", () => {
  it("has a sentence for each reason and warning", () => {
    const reasons = [...problemReason.options, ...clientReasons];
    assert.deepEqual(Object.keys(english).sort(), [...reasons].sort());
    for (const reason of reasons) assert.match(messageFor(reason), /^[A-Z].*[.!]$/, reason);
  });

  it("speaks to people, not to developers", () => {
    const names = Object.keys(refusals).filter(
      (reason): reason is RefusalReason => reason in english,
    );
    const same = names.filter((reason) => messageFor(reason) === refusals[reason].message);
    assert.deepEqual(same, []);
  });

  it("uses an app's own messages", () => {
    const german = { ...english, BANNED: "Du kannst dieser Show nicht beitreten." };
    assert.equal(messageFor("BANNED", german), "Du kannst dieser Show nicht beitreten.");
  });
});
