import assert from "node:assert/strict";
import { doc, onSnapshot } from "firebase/firestore";
import { randomUUID } from "node:crypto";
import { appOf, firestore, somebody } from "../../../functions/test/support/backstage.js";
import { eventually } from "../../../functions/test/support/eventually.js";
import type { App } from "../../clientApp/app.js";

/** The emulator without its repair goes silent in the first or second round. */
const ROUNDS = 4;
const DOCUMENTS = 40;
const LISTENERS_ADDED = 40;
/** Longer answers take longer to send, so that two of them meet. */
const PADDING = "x".repeat(3_000);

describe("the Firestore emulator's listeners", () => {
  let app: App;
  before(async () => {
    app = await appOf(await somebody("Ada"));
  });
  after(() => app.close());

  it("receive every change while others are added", async () => {
    const run = randomUUID();
    const paths = Array.from({ length: DOCUMENTS }, (_, index) => `users/${run}-${index}`);
    const heard = new Map<string, unknown>();
    const follow = (path: string) =>
      onSnapshot(doc(app.db, path), (snapshot) => heard.set(path, snapshot.get("round")));
    const allHear = (round: number) =>
      eventually(`round ${round}`, () =>
        Promise.resolve(paths.every((path) => heard.get(path) === round) || undefined),
      );
    const write = (round: number) =>
      Promise.all(paths.map((path) => firestore.doc(path).set({ round, padding: PADDING })));

    await write(0);
    const listeners = paths.map(follow);
    await allHear(0);
    for (let round = 1; round <= ROUNDS; round += 1) {
      const written = write(round);
      for (let added = 0; added < LISTENERS_ADDED; added += 1) {
        listeners.push(follow(`users/${run}-${round}-${added}`));
        if (added % 6 === 0) await new Promise(setImmediate);
      }
      await written;
      await allHear(round);
    }
    for (const stop of listeners) stop();
    assert.deepEqual(new Set(paths.map((path) => heard.get(path))), new Set([ROUNDS]));
  });
});
