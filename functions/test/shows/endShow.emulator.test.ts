import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { speakRequestRef, speakRequestsRef, summaryRef } from "../../src/collections.js";
import { publishFeed } from "../../src/feed/publishFeed.js";
import { endShow } from "../../src/shows/endShow.js";
import { quietFirestore } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { callAgain } from "../support/callAgain.js";
import { crowdIn } from "../support/crowd.js";
import { failRequests } from "../support/failRequests.js";
import { people } from "../support/largeScene.js";
import { refuses } from "../support/refuses.js";
import { countRoundTrips } from "../support/roundTrips.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

describe("endShow with its stage", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
  });

  const end = (person = scene.ada) => endShow(scene.deps, as(person), { showId: scene.showId });

  it("closes the room and does not change the participants", async () => {
    const [eve, dan] = await Promise.all([scene.speaker("Eve"), scene.attendee("Dan")]);
    const places = await Promise.all([eve, dan].map(scene.placeOf));
    scene.deps.rooms.connect(scene.showId, eve.uid, { role: "speaker", canPublish: true }, 1);
    await end();
    assert.deepEqual(scene.deps.rooms.requests, [`close ${scene.showId}`]);
    assert.equal(scene.deps.rooms.rooms.has(scene.showId), false);
    assert.deepEqual(await Promise.all([eve, dan].map(scene.placeOf)), places);
  });

  it("gives a retry the same answer, writes nothing, and closes the room again", async () => {
    const answer = await end();
    const ended = await scene.everything();
    scene.deps.clock.advance(5_000);
    assert.deepEqual(await end(), answer);
    assert.deepEqual(await scene.everything(), ended);
    assert.deepEqual(scene.deps.rooms.requests, [`close ${scene.showId}`, `close ${scene.showId}`]);
  });

  it("counts before its transaction, whose locks make others wait", async () => {
    const { requests } = await countRoundTrips(firestore).during(() => end());
    const begin = requests.indexOf("batchGetDocuments");
    const counts = requests.flatMap((request, index) =>
      request === "runAggregationQuery" ? [index] : [],
    );
    const commit = requests.indexOf("commit");
    const within = counts.filter((index) => index > begin && index < commit);
    // People, those present, comments, five reactions, opens and saves.
    assert.equal(counts.filter((index) => index < begin).length, 10, requests.join());
    // The new followers, for whom the show has to be read first, beside other reads and without a lock.
    assert.equal(within.length, 1, requests.join());
  });

  it("ends the show with what was published last if nothing can be counted", async () => {
    const { deps, showId } = scene;
    await Promise.all([scene.attendee("Dan"), scene.attendee("Eve")]);
    deps.clock.advance(deps.audienceIntervalMs);
    await publishFeed(deps, { showId });
    let counts = 0;
    // The feed, which is published after the end, can be counted again.
    const failing = failRequests(
      firestore,
      (_, method) => method === "runAggregationQuery" && (counts += 1) <= 11,
    );
    const { summary } = await end().finally(() => failing.stop());
    const { listeners, peak, comments, newFollowers, opens } = summary;
    assert.deepEqual(
      [listeners, peak, comments, newFollowers, opens],
      [2, 2, 0, undefined, undefined],
    );
    assert.equal((await scene.show())?.status, "ended");
    assert.ok(counts > 11);
  });

  it("ends a large show while people join and leave and its feed is published", async () => {
    const { deps, showId } = scene;
    const here = await crowdIn(firestore, showId, 1_200, deps.clock.now() + 3_600_000);
    const writer = firestore.bulkWriter();
    for (const uid of here.slice(0, 250)) {
      const decided = { decidedAt: null, decidedBy: null };
      const request = { uid, status: "pending" as const, message: "", createdAt: Timestamp.now() };
      void writer.set(speakRequestRef(firestore, showId, uid), { ...request, ...decided });
    }
    await writer.close();
    const newcomers = await people(firestore, 25);
    const joins = newcomers.map((person) => () => joinShow(deps, as(person), { showId }));
    const leaves = here.slice(-25).map((uid) => () => leaveShow(deps, { uid }, { showId }));
    const feeds = Array.from({ length: 10 }, () => () => publishFeed(deps, { showId }));
    const [ended, ...others] = await Promise.allSettled(
      [() => end(), ...joins, ...leaves, ...feeds].map((work) => callAgain<unknown>(work)),
    );
    assert.equal(ended?.status, "fulfilled");
    for (const other of others) {
      if (other.status === "rejected") refuses("SHOW_NOT_LIVE", { status: "ended" })(other.reason);
    }
    assert.equal((await scene.show())?.status, "ended");
    const summary = (await summaryRef(firestore, showId).get()).data();
    assert.ok(summary && summary.listeners >= 1_200 && summary.listeners <= 1_225);
    assert.ok(summary.peak >= 1_175 && summary.peak <= 1_225, `${summary.peak}`);
    const requests = await speakRequestsRef(firestore, showId).get();
    assert.deepEqual(
      [...new Set(requests.docs.map((request) => request.data().status))],
      ["cancelled"],
    );
  }).timeout(60_000);

  it("still reports its own bugs after asking for a sweep", async () => {
    scene.deps.rooms.beforeRequest(() => {
      throw new TypeError("a fault");
    });
    await assert.rejects(end(), TypeError);
    assert.deepEqual(scene.deps.requestedSweeps(), [scene.showId]);
    assert.equal((await scene.show())?.status, "ended");
  });

  it("closes no room when it refuses", async () => {
    const ben = await scene.cohost("Ben");
    const before = await scene.everything();
    await assert.rejects(end(ben), { reason: "NOT_HOST" });
    assert.deepEqual(scene.deps.rooms.requests, []);
    assert.deepEqual(await scene.everything(), before);
  });
});
