import assert from "node:assert/strict";
import { DeviceRegistration } from "../../src/backend/deviceRegistration.js";

const device = { token: "new", platform: "ios", language: "en" } as const;

describe("an app's registration for notifications", () => {
  /** The calls in the order in which the server gets them, and what happens between them. */
  let events: string[];
  let isOffline: boolean;
  let registration: DeviceRegistration;
  beforeEach(() => {
    events = [];
    isOffline = false;
    const call = async (event: string) => {
      await new Promise(setImmediate);
      if (isOffline) throw new Error("offline");
      events.push(event);
    };
    registration = new DeviceRegistration({
      registerDevice: ({ token, replaces }) =>
        call(`registerDevice ${token}${replaces === undefined ? "" : ` for ${replaces}`}`),
      unregisterDevice: ({ token }) => call(`unregisterDevice ${token}`),
    });
  });
  const signOut = async () => {
    await new Promise(setImmediate);
    events.push("signed out");
  };

  it("replaces the token that it had", async () => {
    await registration.register({ ...device, token: "old" });
    await registration.register(device);
    await registration.register(device);
    assert.deepEqual(events, [
      "registerDevice old",
      "registerDevice new for old",
      "registerDevice new",
    ]);
  });

  it("ends with a sign-out, which waits for a registration on its way and lets none overtake it", async () => {
    const first = registration.register(device);
    const out = registration.signOut(undefined, signOut);
    const next = registration.register({ ...device, token: "next" });
    await Promise.all([first, out, next]);
    assert.deepEqual(events, [
      "registerDevice new",
      "unregisterDevice new",
      "signed out",
      "registerDevice next",
    ]);
  });

  it("ends for a token from before the app started, if the app passes it", async () => {
    await registration.unregister(undefined);
    await registration.unregister("earlier");
    await registration.signOut("earlier", signOut);
    assert.deepEqual(events, [
      "unregisterDevice earlier",
      "unregisterDevice earlier",
      "signed out",
    ]);
  });

  it("does not keep a person from signing out offline, and is not the next person's", async () => {
    await registration.register(device);
    isOffline = true;
    await assert.rejects(registration.register(device), { message: "offline" });
    await assert.rejects(registration.unregister(undefined), { message: "offline" });
    await registration.signOut(undefined, signOut);
    isOffline = false;
    await registration.unregister(undefined);
    assert.deepEqual(events, ["registerDevice new", "signed out"]);
  });
});
