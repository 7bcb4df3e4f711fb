import assert from "node:assert/strict";
import { Backend } from "../../src/backend/backend.js";
import { deviceClock, type LocalClock } from "../../src/clock/localClock.js";
import type { AmbientReason } from "../../src/errors/reason.js";
import { asAmbientError } from "../../src/errors/ambientError.js";
import { momentOf } from "../../src/testing/memoryFirestore.js";
import { InMemoryFirebase } from "../support/inMemoryFirebase.js";

describe("the backend", () => {
  it("reports a lost network as OFFLINE, however the SDK reports it", async () => {
    const firebase = new InMemoryFirebase("dan");
    let isOnline = false;
    const connectivity = { isOnline: () => isOnline, subscribe: () => () => undefined };
    const backend = new Backend({ ...firebase.options, connectivity });
    const reasonOf = async (code: string, details?: unknown): Promise<AmbientReason> => {
      const failure = Object.assign(new Error(code), { code, details });
      firebase.sdk.firestore.getDoc = () => Promise.reject(failure);
      firebase.callables.set("leaveShow", () => {
        throw failure;
      });
      const errors = await Promise.allSettled([
        backend.call("leaveShow", { showId: "show" }),
        backend.snapshot("users/ben"),
      ]);
      const [call, read] = errors.map((each) =>
        each.status === "rejected" ? asAmbientError(each.reason).reason : assert.fail(),
      );
      assert.equal(call, read);
      return call ?? assert.fail();
    };
    // iOS, Android, the JS SDK, and an error of the platform.
    for (const code of ["unknown", "unavailable", "functions/internal", "NSURLErrorDomain"]) {
      assert.equal(await reasonOf(code), "OFFLINE", code);
    }
    assert.equal(await reasonOf("permission-denied", { reason: "BANNED" }), "BANNED");
    isOnline = true;
    assert.equal(await reasonOf("functions/internal"), "INTERNAL");
  });

  it("calls again once, after a pause, if the answer is lost while the device has a network", async () => {
    const firebase = new InMemoryFirebase("dan");
    let isOnline = true;
    const connectivity = { isOnline: () => isOnline, subscribe: () => () => undefined };
    const pauses: number[] = [];
    const local: LocalClock = {
      ...deviceClock,
      random: () => 1,
      after(ms, run) {
        pauses.push(ms);
        return deviceClock.after(0, run);
      },
    };
    const backend = new Backend({ ...firebase.options, connectivity, local });
    const broken = Object.assign(new Error("internal [0]"), { code: "functions/internal" });
    const late = Object.assign(new Error("late"), { code: "functions/deadline-exceeded" });
    const refused = Object.assign(new Error("no"), { code: "functions/permission-denied" });
    const callsUntil = async (name: "leaveShow" | "signInWithSpotify", failures: Error[]) => {
      let calls = 0;
      firebase.callables.set(name, () => {
        calls += 1;
        const failure = failures.shift();
        if (failure) throw failure;
        return {};
      });
      const call =
        name === "leaveShow"
          ? backend.call(name, { showId: "show" })
          : backend.call(name, { code: "", codeVerifier: "", redirectUri: "" });
      const outcome = await call.then(
        () => "done",
        (error: unknown) => asAmbientError(error).reason,
      );
      return [outcome, calls];
    };
    assert.deepEqual(await callsUntil("leaveShow", [broken]), ["done", 2]);
    assert.deepEqual(await callsUntil("leaveShow", [broken, broken, broken]), ["OFFLINE", 2]);
    assert.deepEqual(await callsUntil("leaveShow", [late]), ["OFFLINE", 1]);
    assert.deepEqual(await callsUntil("leaveShow", [refused]), ["PERMISSION_DENIED", 1]);
    assert.deepEqual(await callsUntil("signInWithSpotify", [broken]), ["OFFLINE", 1]);
    isOnline = false;
    assert.deepEqual(await callsUntil("leaveShow", [broken]), ["OFFLINE", 1]);
    assert.deepEqual(pauses, [750, 750]);
  });

  it("closes the Firestore that it opened when the person signs out, and not one that the app shares", async () => {
    for (const sharesFirestore of [false, true]) {
      const firebase = new InMemoryFirebase("dan");
      const backend = new Backend({ ...firebase.options, sharesFirestore });
      const before = backend.db;
      await backend.signOut();
      assert.equal(backend.account.current, null);
      assert.equal(firebase.terminated, sharesFirestore ? 0 : 1);
      assert.equal(backend.db === before, sharesFirestore);
    }
  });

  it("reports a full storage like any other error, and works once there is room", async () => {
    const firebase = new InMemoryFirebase("eve");
    firebase.set("users/ben", { ...profile });
    let isFull = true;
    const openFirestore = () => {
      if (isFull) throw new DOMException("no room", "QuotaExceededError");
      return { app: {} };
    };
    const reasons: string[] = [];
    const ambient = firebase.ambient({ openFirestore });
    ambient.account.profile("ben").subscribe(
      () => assert.fail(),
      ({ reason }) => reasons.push(reason),
    );
    assert.deepEqual(reasons, ["INTERNAL"]);
    isFull = false;
    const { displayName } = await new Promise<{ displayName: string }>((resolve, reject) => {
      ambient.account.profile("ben").subscribe((found) => {
        if (found) resolve(found);
      }, reject);
    });
    assert.equal(displayName, "Ben");
  });

  it("signs out although a full storage cannot be cleared", async () => {
    const firebase = new InMemoryFirebase("dan");
    const full = () => Promise.reject(new DOMException("no room", "QuotaExceededError"));
    firebase.sdk.firestore.terminate = full;
    firebase.sdk.firestore.clearIndexedDbPersistence = full;
    const backend = new Backend(firebase.options);
    assert.ok(backend.db);
    await backend.signOut();
    assert.equal(backend.account.current, null);
    assert.ok(backend.db);
    assert.equal(firebase.opened, 2, "the next person gets an instance of their own");
  });
});

const profile = {
  displayName: "Ben",
  photoUrl: null,
  spotifyUrl: null,
  bio: "",
  links: [],
  followerCount: 0,
  createdAt: momentOf(0),
  updatedAt: momentOf(0),
};
