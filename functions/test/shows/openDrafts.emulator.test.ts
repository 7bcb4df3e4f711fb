import assert from "node:assert/strict";
import { quotaRef, showRef } from "../../src/collections.js";
import { cancelShow } from "../../src/contract/shows.js";
import { countOpenDrafts, openedOrClosed } from "../../src/shows/countOpenDrafts.js";
import { appOf, firestore, quietFirestore, showIn, somebody } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";

describe("open drafts", () => {
  it("are counted when they open and close", async () => {
    const ada = await somebody("Ada");
    const count = async () => (await quotaRef(firestore, ada.uid).get()).data()?.openDrafts;
    const counted = (openDrafts: number) =>
      eventually(`${openDrafts} open drafts`, async () =>
        (await count()) === openDrafts ? true : undefined,
      );
    const [draft, scheduled] = await Promise.all([
      showIn("draft", ada),
      showIn("scheduled", ada),
      showIn("ended", ada),
    ]);
    await counted(2);
    await showRef(firestore, draft).delete();
    await counted(1);
    const app = await appOf(ada);
    await app.call(cancelShow, { showId: scheduled });
    await counted(0);
    await app.close();
  });

  it("are counted correctly after repeated, late and simultaneous events, and per creator", async () => {
    const db = quietFirestore();
    const [ada, ben] = [await somebody("Ada", db), await somebody("Ben", db)];
    await Promise.all(Array.from({ length: 3 }, () => showIn("draft", ada, {}, db)));
    await showIn("draft", ben, {}, db);
    await quotaRef(db, ada.uid).set({ openDrafts: 17 });
    await Promise.all(Array.from({ length: 5 }, () => countOpenDrafts({ firestore: db }, ada.uid)));
    assert.deepEqual((await quotaRef(db, ada.uid).get()).data(), { openDrafts: 3 });
    const before = (await quotaRef(db, ada.uid).get()).updateTime;
    await countOpenDrafts({ firestore: db }, ada.uid);
    assert.deepEqual((await quotaRef(db, ada.uid).get()).updateTime, before, "nothing to write");
    await db.terminate();
  });

  it("are counted only when a change may affect their number", () => {
    const show = (status: string) => ({
      get: (field: string) => ({ status, creatorUid: "ada" })[field],
    });
    const [draft, scheduled, live] = [show("draft"), show("scheduled"), show("live")];
    assert.equal(openedOrClosed(undefined, draft), "ada");
    assert.equal(openedOrClosed(scheduled, undefined), "ada");
    assert.equal(openedOrClosed(draft, live), "ada");
    assert.equal(openedOrClosed(draft, scheduled), null);
    assert.equal(openedOrClosed(live, live), null);
    assert.equal(openedOrClosed(undefined, undefined), null);
  });
});
