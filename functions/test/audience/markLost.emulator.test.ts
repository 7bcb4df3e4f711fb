import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { joinShow } from "../../src/audience/joinShow.js";
import { markLost } from "../../src/audience/markLost.js";
import { refreshAudio } from "../../src/audio/refreshAudio.js";
import { endShow } from "../../src/shows/endShow.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

describe("marking a participant lost", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let dan: Person;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    dan = await scene.attendee("Dan", { role: "speaker", canPublish: true, invitedTo: "cohost" });
    await scene.request(dan, { status: "accepted" });
    scene.deps.clock.advance(scene.deps.presenceGraceMs);
  });

  const mark = ({ uid } = dan) => markLost(scene.deps, scene.showId, uid);

  it("takes away stage permissions but keeps the role", async () => {
    await mark();
    assert.partialDeepStrictEqual(await scene.placeOf(dan), {
      state: "lost",
      role: "speaker",
      canPublish: false,
      invitedTo: null,
      leftAt: Timestamp.fromMillis(scene.deps.clock.now()),
    });
    assert.equal((await scene.requestOf(dan))?.status, "cancelled");
    assert.equal(await scene.leaseOf(dan), undefined);

    const lost = await scene.everything();
    await mark();
    assert.deepEqual(await scene.everything(), lost, "marking them again changes nothing");
  });

  it("waits until the lease has expired, and skips connected participants", async () => {
    for (const aliveUntil of [scene.deps.clock.now() + 1, null]) {
      await scene.lease(dan, aliveUntil);
      const before = await scene.everything();
      await mark();
      assert.deepEqual(await scene.everything(), before);
    }
  });

  it("leaves participants alone who have come back in the meantime", async () => {
    for (const call of [joinShow, refreshAudio]) {
      await scene.lease(dan, scene.deps.clock.now());
      await call(scene.deps, as(dan), { showId: scene.showId });
      await mark();
      assert.equal((await scene.placeOf(dan))?.state, "present");
    }
  });

  it("skips people without a lease, removed people, and shows that are over", async () => {
    const { deps, showId, ada } = scene;
    const fay = await scene.attendee("Fay", { state: "removed" });
    await scene.lease(fay, deps.clock.now());
    await mark(fay);
    assert.equal((await scene.placeOf(fay))?.state, "removed");
    assert.equal(await scene.leaseOf(fay), undefined, "an expired lease is deleted");

    await endShow(deps, as(ada), { showId });
    const before = await scene.everything();
    for (const person of [dan, { ...dan, uid: "spotify_nobody" }]) await mark(person);
    assert.deepEqual(await scene.everything(), before);
  });

  it("keeps the creator's role", async () => {
    await mark(scene.ada);
    const place = await scene.placeOf(scene.ada);
    assert.deepEqual([place?.state, place?.role, place?.canPublish], ["lost", "creator", false]);
  });
});
