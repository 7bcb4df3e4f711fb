import assert from "node:assert/strict";
import { Backend } from "../../src/backend/backend.js";
import type { AmbientReason } from "../../src/errors/reason.js";
import { asAmbientError } from "../../src/errors/ambientError.js";
import { FakeFirebase } from "../support/fakeFirebase.js";

describe("the backend", () => {
  it("reports a lost network as OFFLINE, however the SDK reports it", async () => {
    const firebase = new FakeFirebase();
    let isOnline = false;
    const connectivity = { isOnline: () => isOnline, subscribe: () => () => undefined };
    const backend = new Backend({ ...firebase.options, connectivity });
    const reasonOf = async (code: string, details?: unknown): Promise<AmbientReason> => {
      firebase.failures.push(Object.assign(new Error(code), { code, details }));
      const error: unknown = await backend
        .call("leaveShow", { showId: "show" })
        .catch((thrown: unknown) => thrown);
      return asAmbientError(error).reason;
    };
    // iOS, Android, the JS SDK, and an error of the platform.
    for (const code of ["unknown", "unavailable", "functions/internal", "NSURLErrorDomain"]) {
      assert.equal(await reasonOf(code), "OFFLINE", code);
    }
    assert.equal(await reasonOf("permission-denied", { reason: "BANNED" }), "BANNED");
    isOnline = true;
    assert.equal(await reasonOf("functions/internal"), "INTERNAL");
  });

  it("closes the Firestore that it opened when the person signs out, and not one that the app shares", async () => {
    for (const sharesFirestore of [false, true]) {
      const firebase = new FakeFirebase();
      const backend = new Backend({ ...firebase.options, sharesFirestore });
      const before = backend.db;
      await backend.signOut();
      assert.equal(backend.account.current, null);
      assert.equal(firebase.terminated, sharesFirestore ? 0 : 1);
      assert.equal(backend.db === before, sharesFirestore);
    }
  });
});
