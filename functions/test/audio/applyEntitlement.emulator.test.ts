import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { applyEntitlement } from "../../src/audio/applyEntitlement.js";
import { convergePerson } from "../../src/audio/convergePerson.js";
import { participantRef, showRef } from "../../src/collections.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

const speaker = { role: "speaker", canPublish: true } as const;
const listener = { role: "listener", canPublish: false } as const;

describe("bringing the room to what the documents say of a person", () => {
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
  const onceAsked = (act: () => unknown) => {
    scene.deps.rooms.whenAsked(async () => {
      scene.deps.rooms.whenAsked(() => undefined);
      await act();
    });
  };

  it("sets all of his rights, once", async () => {
    await converge();
    assert.deepEqual(scene.deps.rooms.asked, [`permit ${dan.uid} speaker sound`]);
    assert.partialDeepStrictEqual(inTheRoom(), speaker);
  });

  it("disconnects one who has no business there", async () => {
    for (const state of ["left", "removed"] as const) {
      scene.deps.rooms.connect(scene.showId, dan.uid, speaker);
      await change({ state });
      await converge();
      assert.equal(inTheRoom(), undefined);
    }
    assert.deepEqual(scene.deps.rooms.asked, [`remove ${dan.uid}`, `remove ${dan.uid}`]);
  });

  it("asks nothing of the room for one who is gone from both: he may be coming back just now", async () => {
    scene.deps.rooms.rooms.get(scene.showId)?.delete(dan.uid);
    await change({ state: "left" });
    await converge();
    assert.deepEqual(scene.deps.rooms.asked, []);
  });

  it("disconnects everybody from a show that is over", async () => {
    await showRef(firestore, scene.showId).update({ status: "ended" });
    await converge();
    assert.equal(inTheRoom(), undefined);
  });

  it("leaves one alone who has his rights already: what he sends must not be cut off by a late task", async () => {
    scene.deps.rooms.connect(scene.showId, dan.uid, speaker, 1);
    await converge();
    assert.deepEqual(scene.deps.rooms.asked, []);
    assert.equal(inTheRoom()?.tracks.length, 1);
  });

  it("follows a change that comes between what it told the room and its second look", async () => {
    onceAsked(() => change(listener));
    await converge();
    assert.deepEqual(scene.deps.rooms.asked, [
      `permit ${dan.uid} speaker sound`,
      `permit ${dan.uid} listener silence`,
    ]);
    assert.partialDeepStrictEqual(inTheRoom(), listener);
  });

  it("follows one from there to gone, and from gone to there", async () => {
    onceAsked(() => change({ state: "left" }));
    await converge();
    assert.equal(inTheRoom(), undefined);
    scene.deps.rooms.connect(scene.showId, dan.uid, speaker);
    onceAsked(() => change({ state: "present" }));
    await converge();
    assert.deepEqual(scene.deps.rooms.asked.slice(2), [
      `remove ${dan.uid}`,
      `permit ${dan.uid} speaker sound`,
    ]);
  });

  it("follows a role that changes without the right to speak", async () => {
    onceAsked(() => change({ role: "cohost" }));
    await converge();
    assert.partialDeepStrictEqual(inTheRoom(), { role: "cohost", canPublish: true });
  });

  it("ends with what the documents say last, whichever of two comes to the room last", async () => {
    await change(listener);
    const slow = Promise.withResolvers<undefined>();
    // One who read before the demotion, and tells the room only after it.
    onceAsked(() => slow.promise);
    const late = convergePerson(scene.deps, scene.showId, dan.uid, speaker);
    await converge();
    assert.partialDeepStrictEqual(inTheRoom(), listener);
    slow.resolve(undefined);
    await late;
    assert.partialDeepStrictEqual(inTheRoom(), listener);
    assert.equal(scene.deps.rooms.asked.at(-1), `permit ${dan.uid} listener silence`);
  });

  it("does not look first where one says what he has written, and looks afterwards all the same", async () => {
    await convergePerson(scene.deps, scene.showId, dan.uid, null);
    assert.deepEqual(scene.deps.rooms.asked, [
      `remove ${dan.uid}`,
      `permit ${dan.uid} speaker sound`,
    ]);
  });

  it("says so where the room does not answer", async () => {
    scene.deps.rooms.setDown(true);
    await assert.rejects(converge(), { reason: "AUDIO_UNAVAILABLE" });
  });

  it("becomes a task at the end of a call, where the room does not answer", async () => {
    const { deps, showId } = scene;
    await applyEntitlement(deps, showId, dan.uid);
    assert.deepEqual(deps.askedToSweep(), []);
    deps.rooms.setDown(true);
    await applyEntitlement(deps, showId, dan.uid, listener);
    assert.deepEqual(deps.askedToSweep(), [showId]);
  });

  it("hides no fault of our own behind that task", async () => {
    const { deps, showId } = scene;
    deps.rooms.whenAsked(() => {
      throw new TypeError("a fault");
    });
    await assert.rejects(applyEntitlement(deps, showId, dan.uid, listener), TypeError);
    assert.deepEqual(deps.askedToSweep(), [showId]);
  });
});
