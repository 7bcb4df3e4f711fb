import assert from "node:assert/strict";
import type { App } from "../../../local/clientApp/app.js";
import { listenTo } from "../../../local/clientApp/listening.js";
import { joinShow, leaveShow } from "../../src/contract/audience.js";
import { feedDocument } from "../../src/contract/feed.js";
import { feedRef, showRef } from "../../src/collections.js";
import { startShow } from "../../src/contract/shows.js";
import { appOf, firestore, showIn, somebody } from "../support/backstage.js";

const CROWD = 30;

describe("a crowd that joins at once", () => {
  let apps: App[] = [];

  after(() => Promise.all(apps.map((app) => app.close())));

  it("counts a crowd correctly without a write of the show document per person", async function () {
    const ada = await somebody("Ada");
    const adasApp = await appOf(ada);
    apps = [adasApp];
    const showId = await showIn("draft", ada);
    await adasApp.call(startShow, { showId });

    const feed = listenTo(adasApp, `shows/${showId}/feed/latest`, feedDocument);
    const counted = (listeners: number) =>
      feed.first((latest) => latest?.audience.listeners === listeners);
    const showWrites: string[] = [];
    const stopShow = showRef(firestore, showId).onSnapshot(({ updateTime }) => {
      showWrites.push(String(updateTime?.toMillis()));
    });
    const listeners = await Promise.all(
      Array.from({ length: CROWD }, async (_, index) => appOf(await somebody(`L${index}`))),
    );
    apps.push(...listeners);
    const startedAt = Date.now();
    await Promise.all(listeners.map((app) => app.call(joinShow, { showId })));
    await counted(CROWD);
    const counts = feed.snapshots.map((latest) => latest?.audience.listeners ?? -1);
    const elapsedSeconds = Math.ceil((Date.now() - startedAt) / 1_000);

    // The first snapshot is the initial state, not a write.
    const shown = `${showWrites.length - 1} show writes and ${counts.length - 1} counts in ${elapsedSeconds} s`;
    assert.ok(showWrites.length - 1 <= 1 + Math.floor(elapsedSeconds / 30), shown);
    assert.ok(counts.length < CROWD / 4, shown);
    assert.deepEqual(
      counts,
      [...counts].sort((a, b) => a - b),
      "the count never decreased",
    );

    await Promise.all(listeners.slice(0, 10).map((app) => app.call(leaveShow, { showId })));
    await counted(CROWD - 10);
    assert.equal((await feedRef(firestore, showId).get()).data()?.audience.peak, CROWD);
    stopShow();
    feed.stop();
    if (this.test) this.test.title += ` (${shown})`;
  }).timeout(120_000);
});
