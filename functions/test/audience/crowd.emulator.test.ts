import assert from "node:assert/strict";
import type { App } from "../../../local/phone/app.js";
import { joinShow, leaveShow } from "../../src/audience/schema.js";
import { feedRef, showRef } from "../../src/collections.js";
import { startShow } from "../../src/shows/schema.js";
import { appOf, firestore, showIn, somebody } from "../support/backstage.js";

const CROWD = 200;

describe("a crowd that joins at once", () => {
  let apps: App[] = [];

  after(() => Promise.all(apps.map((app) => app.close())));

  it(`is counted right, and the show document is not written once per head`, async () => {
    const ada = await somebody("Ada");
    const adasApp = await appOf(ada);
    apps = [adasApp];
    const showId = await showIn("draft", ada);
    await adasApp.call(startShow, { showId });

    let showWrites = 0;
    let feedWrites = 0;
    const counts: number[] = [];
    const counted = (listeners: number) =>
      new Promise<void>((resolve, reject) => {
        const stop = feedRef(firestore, showId).onSnapshot((snapshot) => {
          if (snapshot.data()?.audience.listeners !== listeners) return;
          stop();
          resolve();
        }, reject);
      });
    const stopShow = showRef(firestore, showId).onSnapshot(() => {
      showWrites += 1;
    });
    const stopFeed = feedRef(firestore, showId).onSnapshot((snapshot) => {
      feedWrites += 1;
      counts.push(snapshot.data()?.audience.listeners ?? -1);
    });

    const listeners = await Promise.all(
      Array.from({ length: CROWD }, async (_, index) => appOf(await somebody(`L${index}`))),
    );
    apps.push(...listeners);
    const startedAt = Date.now();
    await Promise.all(listeners.map((app) => app.call(joinShow, { showId })));
    await counted(CROWD);
    const elapsedIntervals = Math.ceil((Date.now() - startedAt) / 1_000);

    // The first snapshot is the state at the start, not a write. The show may be written every 30 s.
    assert.ok(
      showWrites - 1 <= 1 + Math.ceil(elapsedIntervals / 30),
      `${showWrites - 1} show writes`,
    );
    assert.ok(
      feedWrites - 1 <= elapsedIntervals + 1,
      `${feedWrites - 1} feed writes in ${elapsedIntervals} s`,
    );
    assert.deepEqual(
      counts,
      [...counts].sort((a, b) => a - b),
      "the count only grew",
    );

    await Promise.all(listeners.slice(0, 50).map((app) => app.call(leaveShow, { showId })));
    await counted(CROWD - 50);
    assert.equal((await feedRef(firestore, showId).get()).data()?.audience.peak, CROWD);
    stopShow();
    stopFeed();
  }).timeout(120_000);
});
