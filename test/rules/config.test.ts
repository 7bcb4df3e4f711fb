import assert from "node:assert/strict";
import { collection } from "firebase/firestore";
import { ada, signedOut } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, refuses } from "../support/rules/world.js";

const path = "config/client";

describe("config", () => {
  beforeEach(async () => {
    await emptyWorld();
    await given({ [path]: { minVersions: { ios: 3 }, features: {} }, "config/server": { key: 1 } });
  });

  it("lets anyone read the client's configuration, even before sign-in", async () => {
    for (const caller of [signedOut, ada]) {
      assert.ok(await allows(as(caller).gets(path)));
    }
  });

  it("hides every other document", async () => {
    for (const caller of [signedOut, ada]) {
      await refuses(as(caller).gets("config/server"));
      await refuses(as(caller).lists((db) => collection(db, "config")));
    }
  });
});
