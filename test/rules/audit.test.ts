import { collection } from "firebase/firestore";
import { inAnHour, now, paths, secondsAgo, suspension } from "../support/rules/builders.js";
import { ada, dan, signedOut } from "../support/rules/personas.js";
import {
  allows,
  as,
  emptyWorld,
  given,
  refuses,
  remove,
  set,
  update,
} from "../support/rules/world.js";
import assert from "node:assert/strict";

describe("audit", () => {
  const path = "audit/entry-1";
  const entry = { by: ada.uid, action: "setAdmin", at: secondsAgo(60) };

  beforeEach(async () => {
    await emptyWorld();
    await given({ [path]: entry });
  });

  it("is readable only by admins", async () => {
    const admin = as(ada, { admin: true });
    assert.ok(await allows(admin.gets(path)));
    await allows(admin.lists((db) => collection(db, "audit")));
    for (const requests of [as(ada), as(dan), as(signedOut), as(ada, { admin: "yes" })]) {
      await refuses(requests.gets(path));
      await refuses(requests.lists((db) => collection(db, "audit")));
    }
  });

  it("cannot be read by a dismissed or suspended admin whose token still has the claim", async () => {
    const admin = as(ada, { admin: true });
    await given({ [paths.admin(ada)]: { uid: ada.uid, isAdmin: false } });
    await refuses(admin.gets(path));
    await refuses(admin.lists((db) => collection(db, "audit")));
    await given({ [paths.admin(ada)]: { uid: ada.uid, isAdmin: true } });
    await allows(admin.gets(path));
    await given({ [paths.suspension(ada)]: suspension(ada, inAnHour()) });
    await refuses(admin.gets(path));
    await refuses(admin.lists((db) => collection(db, "audit")));
  });

  it("cannot be edited or deleted by anybody, not even by admins", async () => {
    for (const requests of [as(ada, { admin: true }), as(dan), as(signedOut)]) {
      await refuses(requests.writes(update(path, { by: dan.uid })));
      await refuses(requests.writes(set(path, { ...entry, by: dan.uid })));
      await refuses(requests.writes(remove(path)));
      await refuses(requests.writes(set("audit/entry-2", { ...entry, at: now() })));
    }
  });
});
