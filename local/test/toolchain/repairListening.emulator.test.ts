import assert from "node:assert/strict";
import { doc, onSnapshot } from "firebase/firestore";
import { randomUUID } from "node:crypto";
import { appOf, firestore, somebody } from "../../../functions/test/support/backstage.js";
import type { App } from "../../clientApp/app.js";

/** Of so many, the emulator without its repairs lost about five. */
const ROUNDS = 100;
const LISTENERS_ADDED = 5;
const PATIENCE_MS = 5_000;

describe("the Firestore emulator's listeners", () => {
  let app: App;
  before(async () => {
    app = await appOf(await somebody("Ada"));
  });
  after(() => app.close());

  /** Follows whether a document exists on the server. */
  const follow = (path: string) => {
    const absent = Promise.withResolvers<undefined>();
    const present = Promise.withResolvers<boolean>();
    const stop = onSnapshot(doc(app.db, path), (snapshot) => {
      if (snapshot.metadata.fromCache) return;
      if (snapshot.exists()) present.resolve(true);
      else absent.resolve(undefined);
    });
    return { stop, absent: absent.promise, present: present.promise };
  };
  const somePath = () => `users/${randomUUID()}`;

  it("tell of each new document while other listeners are added", async () => {
    let seen = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const path = somePath();
      const followed = follow(path);
      await followed.absent;
      const others = Array.from({ length: LISTENERS_ADDED }, () => follow(somePath()));
      await firestore.doc(path).set({ displayName: "Ben" });
      const patience = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => {
        patience.resolve(false);
      }, PATIENCE_MS);
      if (await Promise.race([followed.present, patience.promise])) seen += 1;
      clearTimeout(timer);
      for (const { stop } of [followed, ...others]) stop();
    }
    assert.equal(seen, ROUNDS);
  });
});
