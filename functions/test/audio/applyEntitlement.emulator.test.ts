import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { applyEntitlement } from "../../src/audio/applyEntitlement.js";
import { convergePerson } from "../../src/audio/convergePerson.js";
import { participantRef, showRef } from "../../src/collections.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

const speaker = { role: "speaker", canPublish: true } as const;
const listener = { role: "listener", canPublish: false } as const;

describe("applying a participant's entitlement to the room", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let dan: Person;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    dan = await scene.attendee("Dan", speaker);
    scene.deps.rooms.connect(scene.showId, dan.uid, listener);
  });

  const converge = () => convergePerson(scene.deps, scene.showId, dan.uid);
  const change = (place: object) =>
    participantRef(firestore, scene.showId, dan.uid).update({ ...place });
  const inTheRoom = () => scene.deps.rooms.rooms.get(scene.showId)?.get(dan.uid);
  const onceRequested = (act: () => unknown) => {
    scene.deps.rooms.beforeRequest(async () => {
      scene.deps.rooms.beforeRequest(() => undefined);
      await act();
    });
  };

  it("sets all permissions with one call", async () => {
    await converge();
    assert.deepEqual(scene.deps.rooms.requests, [`permit ${dan.uid} speaker sound`]);
    assert.partialDeepStrictEqual(inTheRoom(), speaker);
  });

  it("disconnects someone without any permissions", async () => {
    for (const state of ["left", "removed"] as const) {
      scene.deps.rooms.connect(scene.showId, dan.uid, speaker);
      await change({ state });
      await converge();
      assert.equal(inTheRoom(), undefined);
    }
    assert.deepEqual(scene.deps.rooms.requests, [`remove ${dan.uid}`, `remove ${dan.uid}`]);
  });

  it("makes no call for someone absent from both sides, because they may just be rejoining", async () => {
    scene.deps.rooms.rooms.get(scene.showId)?.delete(dan.uid);
    await change({ state: "left" });
    await converge();
    assert.deepEqual(scene.deps.rooms.requests, []);
  });

  it("disconnects everyone from a show that is over", async () => {
    await showRef(firestore, scene.showId).update({ status: "ended" });
    await converge();
    assert.equal(inTheRoom(), undefined);
  });

  it("leaves someone alone whose permissions are already correct, so that a late task cannot cut off their track", async () => {
    scene.deps.rooms.connect(scene.showId, dan.uid, speaker, 1);
    await converge();
    assert.deepEqual(scene.deps.rooms.requests, []);
    assert.equal(inTheRoom()?.tracks.length, 1);
  });

  it("follows a change between its call to the room and its second check", async () => {
    onceRequested(() => change(listener));
    await converge();
    assert.deepEqual(scene.deps.rooms.requests, [
      `permit ${dan.uid} speaker sound`,
      `permit ${dan.uid} listener silence`,
    ]);
    assert.partialDeepStrictEqual(inTheRoom(), listener);
  });

  it("follows someone who leaves or returns in the meantime", async () => {
    onceRequested(() => change({ state: "left" }));
    await converge();
    assert.equal(inTheRoom(), undefined);
    scene.deps.rooms.connect(scene.showId, dan.uid, speaker);
    onceRequested(() => change({ state: "present" }));
    await converge();
    assert.deepEqual(scene.deps.rooms.requests.slice(2), [
      `remove ${dan.uid}`,
      `permit ${dan.uid} speaker sound`,
    ]);
  });

  it("follows a change of role that keeps the permission to speak", async () => {
    onceRequested(() => change({ role: "cohost" }));
    await converge();
    assert.partialDeepStrictEqual(inTheRoom(), { role: "cohost", canPublish: true });
  });

  it("ends with the documents' latest state, whichever of two updates reaches the room last", async () => {
    await change(listener);
    const slow = Promise.withResolvers<undefined>();
    // This update was read before the demotion but reaches the room after it.
    onceRequested(() => slow.promise);
    const late = convergePerson(scene.deps, scene.showId, dan.uid, speaker);
    await converge();
    assert.partialDeepStrictEqual(inTheRoom(), listener);
    slow.resolve(undefined);
    await late;
    assert.partialDeepStrictEqual(inTheRoom(), listener);
    assert.equal(scene.deps.rooms.requests.at(-1), `permit ${dan.uid} listener silence`);
  });

  it("skips the first check if the caller knows the state, but still checks afterwards", async () => {
    await convergePerson(scene.deps, scene.showId, dan.uid, null);
    assert.deepEqual(scene.deps.rooms.requests, [
      `remove ${dan.uid}`,
      `permit ${dan.uid} speaker sound`,
    ]);
  });

  it("fails when the room does not answer", async () => {
    scene.deps.rooms.setDown(true);
    await assert.rejects(converge(), { reason: "AUDIO_UNAVAILABLE" });
  });

  it("asks for a sweep when the room does not answer at the end of a call", async () => {
    const { deps, showId } = scene;
    await applyEntitlement(deps, showId, dan.uid);
    assert.deepEqual(deps.requestedSweeps(), []);
    deps.rooms.setDown(true);
    await applyEntitlement(deps, showId, dan.uid, listener);
    assert.deepEqual(deps.requestedSweeps(), [showId]);
  });

  it("still reports its own bugs after asking for a sweep", async () => {
    const { deps, showId } = scene;
    deps.rooms.beforeRequest(() => {
      throw new TypeError("a fault");
    });
    await assert.rejects(applyEntitlement(deps, showId, dan.uid, listener), TypeError);
    assert.deepEqual(deps.requestedSweeps(), [showId]);
  });
});
