import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { refreshAudio } from "../../src/audio/refreshAudio.js";
import { endShow } from "../../src/shows/endShow.js";
import { setRole } from "../../src/stage/setRole.js";
import { setStageMode } from "../../src/stage/setStageMode.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

describe("refreshAudio", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let eve: Person;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    eve = await scene.speaker("Eve");
  });

  const refresh = (person = eve) => refreshAudio(scene.deps, as(person), { showId: scene.showId });

  it("recreates a missing room and restores the caller's rights in it", async () => {
    const { rooms } = scene.deps;
    assert.deepEqual(await refresh(), { audio: { provider: "none", canPublish: true } });
    assert.deepEqual(rooms.asked, [`open ${scene.showId}`, `permit ${eve.uid} speaker sound`]);
    rooms.connect(scene.showId, eve.uid, { role: "listener", canPublish: false });
    assert.deepEqual(await refresh(), { audio: { provider: "none", canPublish: true } });
    assert.equal(rooms.rooms.get(scene.showId)?.get(eve.uid)?.canPublish, true);
  });

  it("changes nothing about the participant, however often it is called", async () => {
    await refresh();
    const place = await scene.placeOf(eve);
    await refresh();
    assert.deepEqual(await scene.placeOf(eve), place);
    assert.equal((await scene.playback())?.mode, "talk");
  });

  it("gives the current rights: fewer after a demotion, no sound during music", async () => {
    const { deps, showId, ada } = scene;
    await setStageMode(deps, as(ada), { showId, mode: "music" });
    for (const person of [ada, eve]) {
      assert.equal((await refresh(person)).audio.canPublish, false);
    }
    await setStageMode(deps, as(ada), { showId, mode: "talk" });
    await setRole(deps, as(ada), { showId, uid: eve.uid, role: "listener" });
    assert.equal((await refresh()).audio.canPublish, false);
    assert.equal((await refresh(ada)).audio.canPublish, true);
    assert.equal(deps.rooms.asked.at(-1), `permit ${ada.uid} creator sound`);
  });

  it("leaves no room behind for a show that ends meanwhile", async () => {
    const { deps, showId, ada } = scene;
    deps.rooms.whenAsked(async (what) => {
      if (!what.startsWith("open")) return;
      await endShow(deps, as(ada), { showId });
    });
    await assert.rejects(refresh(), { reason: "SHOW_NOT_LIVE" });
    assert.equal(deps.rooms.rooms.has(showId), false);
  });

  it("fails when the room does not answer", async () => {
    scene.deps.rooms.setDown(true);
    const place = await scene.placeOf(eve);
    await assert.rejects(refresh(), { reason: "AUDIO_UNAVAILABLE" });
    assert.deepEqual(await scene.placeOf(eve), place);
  });
});
