import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { receiveRoomEvent } from "../../src/audio/receiveRoomEvent.js";
import { refreshAudio } from "../../src/audio/refreshAudio.js";
import { limiter } from "../../src/limits/limiter.js";
import { endShow } from "../../src/shows/endShow.js";
import { sweepShow } from "../../src/shows/sweepShow.js";
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

  it("recreates a missing room for a speaker and restores their permissions in it", async () => {
    const { rooms } = scene.deps;
    assert.deepEqual(await refresh(), { audio: { provider: "none", canPublish: true } });
    assert.deepEqual(rooms.requests, [`open ${scene.showId}`]);
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

  it("gives the current permissions: fewer after a demotion, no sound during music", async () => {
    const { deps, showId, ada } = scene;
    await setStageMode(deps, as(ada), { showId, mode: "music" });
    for (const person of [ada, eve]) {
      assert.equal((await refresh(person)).audio.canPublish, false);
    }
    await setStageMode(deps, as(ada), { showId, mode: "talk" });
    await setRole(deps, as(ada), { showId, uid: eve.uid, role: "listener" });
    assert.equal((await refresh()).audio.canPublish, false);
    assert.equal((await refresh(ada)).audio.canPublish, true);
  });

  describe("of listeners", () => {
    /** As the deployed function runs it: counted first. */
    const call = async (person: Person) => {
      await limiter(firestore, scene.deps.clock)("refreshAudio", person.uid);
      return refresh(person);
    };

    it("asks LiveKit nothing, whether it answers or not", async () => {
      const { deps, showId } = scene;
      const dan = await scene.attendee("Dan");
      deps.rooms.connect(showId, dan.uid, { role: "listener", canPublish: false });
      for (const isDown of [false, true]) {
        deps.rooms.setDown(isDown);
        assert.deepEqual((await call(dan)).audio, { provider: "none", canPublish: false });
        deps.clock.advance(10_001);
      }
      assert.deepEqual([deps.rooms.requests, deps.rooms.found], [[], []]);
      assert.deepEqual(deps.requestedSweeps(), []);
    });

    it("leaves permissions that they must not have to the event of their connection", async () => {
      const { deps, showId } = scene;
      const dan = await scene.attendee("Dan");
      const tooMuch = { role: "speaker", canPublish: true } as const;
      deps.rooms.connect(showId, dan.uid, tooMuch, 1);
      await refresh(dan);
      const joined = { kind: "joined", showId, uid: dan.uid, connectedAt: 1, ...tooMuch } as const;
      await receiveRoomEvent(deps, joined);
      assert.equal(deps.rooms.rooms.get(showId)?.get(dan.uid)?.canPublish, false);
    });

    it("recreates a lost room once for fifty people who do not get in", async () => {
      const { deps, showId } = scene;
      const fifty = await Promise.all(
        Array.from({ length: 50 }, (_, index) => scene.attendee(`Listener ${index}`)),
      );
      await Promise.all(fifty.map(call));
      assert.deepEqual(deps.requestedSweeps(), [], "the first token may open the room");
      deps.clock.advance(700);
      await Promise.all(fifty.slice(0, 25).map(call));
      deps.clock.advance(1_900);
      await Promise.all(fifty.slice(25).map(call));
      assert.deepEqual([deps.rooms.requests, deps.rooms.found], [[], []]);
      // Cloud Tasks runs tasks of the same name once.
      const names = new Set(deps.queued.sweepShow.map((task) => JSON.stringify(task)));
      assert.equal(names.size, 1);
      assert.equal(deps.queued.sweepShow.length, 50);
      await sweepShow(deps, { showId });
      assert.deepEqual(
        deps.rooms.requests.filter((what) => what.startsWith("open")),
        [`open ${showId}`],
      );
    });
  });

  it("leaves no room behind for a show that ends in the meantime", async () => {
    const { deps, showId, ada } = scene;
    deps.rooms.beforeRequest(async (what) => {
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
