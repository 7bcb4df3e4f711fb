import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { muteSpeaker } from "../../src/moderation/muteSpeaker.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

describe("muteSpeaker", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
  });

  const mute = (host: Person, { uid }: Person) =>
    muteSpeaker(scene.deps, as(host), { showId: scene.showId, uid });

  it("mutes a person in the room on each call, and writes nothing", async () => {
    const [eve, ben] = await Promise.all([scene.speaker("Eve"), scene.cohost("Ben")]);
    const before = await scene.everything();
    assert.deepEqual(await mute(ben, eve), {});
    assert.deepEqual(await mute(scene.ada, eve), {});
    assert.deepEqual(scene.deps.rooms.requests, [`mute ${eve.uid}`, `mute ${eve.uid}`]);
    assert.deepEqual(await scene.everything(), before);
  });

  it("lets the creator mute a cohost, but nobody who is absent", async () => {
    const ben = await scene.cohost("Ben");
    await mute(scene.ada, ben);
    for (const state of ["left", "removed"] as const) {
      const gone = await scene.attendee("Eve", { state });
      await assert.rejects(mute(scene.ada, gone), { reason: "NOT_PARTICIPANT" });
    }
    assert.deepEqual(scene.deps.rooms.requests, [`mute ${ben.uid}`]);
  });

  it("makes no call to the room when it refuses", async () => {
    const [eve, ben, bo] = await Promise.all([
      scene.speaker("Eve"),
      scene.cohost("Ben"),
      scene.cohost("Bo"),
    ]);
    await assert.rejects(mute(ben, bo), { reason: "NOT_CREATOR" });
    await assert.rejects(mute(ben, scene.ada), { reason: "NOT_CREATOR" });
    await assert.rejects(mute(eve, ben), { reason: "NOT_HOST" });
    assert.deepEqual(scene.deps.rooms.requests, []);
  });

  it("fails when the room does not answer, without leaving any work behind", async () => {
    const eve = await scene.speaker("Eve");
    const before = await scene.everything();
    scene.deps.rooms.setDown(true);
    await assert.rejects(mute(scene.ada, eve), { reason: "AUDIO_UNAVAILABLE" });
    assert.deepEqual(scene.deps.requestedSweeps(), []);
    assert.deepEqual(await scene.everything(), before);
  });
});
