import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { refreshAudio } from "../../src/audio/refreshAudio.js";
import { joinShow } from "../../src/audience/joinShow.js";
import { markAbsent } from "../../src/audience/presence.js";
import { activityRef } from "../../src/collections.js";
import { endShow } from "../../src/shows/endShow.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as, liveScene, type LiveScene } from "../support/liveScene.js";

const SECOND = 1_000;

describe("taking a person for gone", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let dan: Person;
  let joinedAt: number;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    joinedAt = scene.deps.clock.now();
    dan = await scene.attendee("Dan", { role: "speaker", canPublish: true, invitedTo: "cohost" });
    scene.deps.clock.advance(600 * SECOND);
  });

  const mark = (since = scene.deps.clock.now()) =>
    markAbsent(scene.deps, scene.showId, dan.uid, since);
  const beat = (secondsAgo: number) =>
    activityRef(firestore, scene.showId, dan.uid).set({
      seenAt: Timestamp.fromMillis(scene.deps.clock.now() - secondsAgo * SECOND),
    });

  it("is as if he had left: his place on the stage is given up, and the audience is counted", async () => {
    assert.equal(await mark(), null);
    assert.partialDeepStrictEqual(await scene.placeOf(dan), {
      state: "left",
      role: "listener",
      canPublish: false,
      invitedTo: null,
    });
    const { deps, showId } = scene;
    const now = deps.clock.now();
    assert.deepEqual((await scene.placeOf(dan))?.leftAt, Timestamp.fromMillis(now));
    assert.deepEqual(deps.queued.recounts, [{ showId, notBefore: now }]);
  });

  it("is done again alike, and writes nothing more", async () => {
    await mark();
    const gone = await scene.everything();
    scene.deps.clock.advance(SECOND);
    assert.equal(await mark(), null);
    assert.deepEqual(await scene.everything(), gone);
  });

  for (const secondsAgo of [0, 20, 59]) {
    it(`is not done to one whose app gave a sign of life ${secondsAgo} s ago`, async () => {
      await beat(secondsAgo);
      const before = await scene.everything();
      assert.equal(await mark(), scene.deps.clock.now() + (60 - secondsAgo) * SECOND);
      assert.deepEqual(await scene.everything(), before);
      assert.deepEqual(scene.deps.queued.recounts, []);
    });
  }

  it("is done to one whose app gave the last sign of life 60 s ago", async () => {
    await beat(60);
    assert.equal(await mark(), null);
  });

  it("is not done on the word of something older than his joining", async () => {
    assert.equal(await mark(joinedAt - 1), joinedAt + 60 * SECOND);
    assert.equal((await scene.placeOf(dan))?.state, "present");
    assert.equal(await mark(joinedAt), null);
  });

  it("is not done on the word of a connection older than the token that he was given since", async () => {
    const { deps, showId } = scene;
    for (const call of [joinShow, refreshAudio]) {
      const givenAt = deps.clock.now();
      await call(deps, as(dan), { showId });
      assert.equal(await mark(givenAt - 1), givenAt + 60 * SECOND);
      deps.clock.advance(SECOND);
      assert.equal((await scene.placeOf(dan))?.role, "speaker");
    }
    assert.equal(await mark(), null);
  });

  it("goes by his last joining, not by a token of the time before", async () => {
    const { deps, showId } = scene;
    await refreshAudio(deps, as(dan), { showId });
    await mark();
    deps.clock.advance(10 * SECOND);
    await joinShow(deps, as(dan), { showId });
    assert.equal(await mark(deps.clock.now() - 1), deps.clock.now() + 60 * SECOND);
    assert.equal(await mark(deps.clock.now()), null);
  });

  it("is not done once the show is over: those who were there can still read", async () => {
    const { deps, showId, ada } = scene;
    await endShow(deps, as(ada), { showId });
    const ended = await scene.everything();
    assert.equal(await mark(), null);
    assert.deepEqual(await scene.everything(), ended);
  });

  it("leaves one who was removed removed, and makes nobody of one who never came", async () => {
    const { deps, showId } = scene;
    const fay = await scene.attendee("Fay", { state: "removed" });
    const before = await scene.everything();
    for (const uid of [fay.uid, "spotify_nobody"]) {
      assert.equal(await markAbsent(deps, showId, uid, deps.clock.now()), null);
    }
    assert.deepEqual(await scene.everything(), before);
  });

  it("is done to the creator too, who stays the creator", async () => {
    const { deps, showId, ada } = scene;
    await markAbsent(deps, showId, ada.uid, deps.clock.now());
    const place = await scene.placeOf(ada);
    assert.deepEqual([place?.state, place?.role, place?.canPublish], ["left", "creator", false]);
  });
});
