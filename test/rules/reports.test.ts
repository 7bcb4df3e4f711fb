import assert from "node:assert/strict";
import { collection } from "firebase/firestore";
import { paths, showId, suspension } from "../support/rules/builders.js";
import { ada, dan, hal, signedOut } from "../support/rules/personas.js";
import { allows, as, emptyWorld, given, refuses } from "../support/rules/world.js";

const path = "reports/report-1";
const report = { reporterUid: dan.uid, showId, uid: hal.uid, reason: "spam" };

describe("reports", () => {
  beforeEach(async () => {
    await emptyWorld();
    await given({ [path]: { ...report, createdAt: new Date() } });
  });

  it("lets an admin read them, singly and as a list", async () => {
    assert.ok(await allows(as(ada, { admin: true }).gets(path)));
    await allows(as(ada, { admin: true }).lists((db) => collection(db, "reports")));
  });

  it("hides them from everyone else, including the reporter and the reported person", async () => {
    const others = [as(dan), as(hal), as(ada, { admin: false }), as(ada, { admin: "yes" })];
    for (const requests of [...others, as(signedOut)]) {
      await refuses(requests.gets(path));
      await refuses(requests.lists((db) => collection(db, "reports")));
    }
  });

  it("hides them from an admin who was dismissed or is suspended, with the claim still in their token", async () => {
    const admin = as(ada, { admin: true });
    await given({ [paths.admin(ada)]: { uid: ada.uid, isAdmin: false } });
    await refuses(admin.gets(path));
    await refuses(admin.lists((db) => collection(db, "reports")));
    await given({ [paths.admin(ada)]: { uid: ada.uid, isAdmin: true } });
    await allows(admin.lists((db) => collection(db, "reports")));
    await given({ [paths.suspension(ada)]: suspension(ada, null) });
    await refuses(admin.gets(path));
    await refuses(admin.lists((db) => collection(db, "reports")));
  });
});
