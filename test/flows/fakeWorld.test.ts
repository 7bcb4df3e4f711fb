import assert from "node:assert/strict";
import { FakeWorld } from "../../client/src/testing/fakeWorld.js";
import { phoneOf } from "../../local/clientApp/ambient.js";
import { evening } from "../support/evening.js";
import { runningSuite } from "../support/suite.js";

describe("the fake client", () => {
  it("plays the same evening as the real one", async () => {
    const world = new FakeWorld();
    const fake = await evening(
      world.signIn({ displayName: "Ada" }),
      world.signIn({ displayName: "Dan" }),
    );
    const endpoints = await runningSuite();
    const [ada, dan] = await Promise.all(
      ["creator-ada", "listener-dan"].map((persona) => phoneOf(endpoints, persona)),
    );
    assert.ok(ada && dan);
    try {
      assert.deepEqual(fake, await evening(ada.ambient, dan.ambient));
    } finally {
      await Promise.all([ada.close(), dan.close()]);
    }
  });
});
