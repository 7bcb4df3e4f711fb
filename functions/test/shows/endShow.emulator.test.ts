import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { endShow } from "../../src/shows/endShow.js";
import { quietFirestore } from "../support/backstage.js";
import { as, liveScene, type LiveScene } from "../support/liveScene.js";

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
    assert.deepEqual(scene.deps.rooms.asked, [`close ${scene.showId}`]);
    assert.equal(scene.deps.rooms.rooms.has(scene.showId), false);
    assert.deepEqual(await Promise.all([eve, dan].map(scene.placeOf)), places);
  });

  it("gives a retry the same answer, writes nothing, and closes the room again", async () => {
    const answer = await end();
    const ended = await scene.everything();
    scene.deps.clock.advance(5_000);
    assert.deepEqual(await end(), answer);
    assert.deepEqual(await scene.everything(), ended);
    assert.deepEqual(scene.deps.rooms.asked, [`close ${scene.showId}`, `close ${scene.showId}`]);
  });

  it("ends the show when the room does not answer, and asks for a sweep", async () => {
    scene.deps.rooms.setDown(true);
    assert.equal((await end()).status, "ended");
    assert.deepEqual(scene.deps.askedToSweep(), [scene.showId]);
  });

  it("still reports its own bugs after asking for a sweep", async () => {
    scene.deps.rooms.whenAsked(() => {
      throw new TypeError("a fault");
    });
    await assert.rejects(end(), TypeError);
    assert.deepEqual(scene.deps.askedToSweep(), [scene.showId]);
    assert.equal((await scene.show())?.status, "ended");
  });

  it("closes no room when it refuses", async () => {
    const ben = await scene.cohost("Ben");
    const before = await scene.everything();
    await assert.rejects(end(ben), { reason: "NOT_HOST" });
    assert.deepEqual(scene.deps.rooms.asked, []);
    assert.deepEqual(await scene.everything(), before);
  });
});
