import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { activityRef, showRef } from "../../src/collections.js";
import { endShow } from "../../src/shows/endShow.js";
import { sweepShows } from "../../src/shows/sweepShows.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as, liveScene, type LiveScene } from "../support/liveScene.js";

const SECOND = 1_000;

describe("sweepShows", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  // A sweep goes over every show of its database.
  beforeEach(async () => {
    firestore = quietFirestore();
    scene = await liveScene(firestore);
  });
  afterEach(() => firestore.terminate());

  const sweep = () => sweepShows(scene.deps);
  const connect = (person: Person, canPublish: boolean) => {
    const role = canPublish ? "speaker" : "listener";
    scene.deps.rooms.connect(scene.showId, person.uid, { role, canPublish });
  };
  const pass = (ms: number) => {
    scene.deps.clock.advance(ms);
  };
  const beat = ({ uid }: Person) =>
    activityRef(firestore, scene.showId, uid).set({
      seenAt: Timestamp.fromMillis(scene.deps.clock.now()),
    });

  it("takes who shows no sign of life for gone after 60 s and not at 59 s, and counts the others", async () => {
    const [dan, eve] = await Promise.all([scene.attendee("Dan"), scene.attendee("Eve")]);
    scene.deps.rooms.rooms.set(scene.showId, new Map());
    await beat(scene.ada);
    await beat(eve);
    pass(59 * SECOND);
    await sweep();
    assert.equal((await scene.placeOf(dan))?.state, "present");
    await beat(scene.ada);
    await beat(eve);
    pass(SECOND);
    await sweep();
    assert.deepEqual(
      [(await scene.placeOf(dan))?.state, (await scene.placeOf(eve))?.state],
      ["left", "present"],
    );
    const feed = await firestore.doc(`shows/${scene.showId}/feed/latest`).get();
    assert.equal(feed.get("audience.listeners"), 1);
  });

  it("gives the lead to a cohost when no task did, and ends the show when there is none", async () => {
    const { deps, showId, ada } = scene;
    const ben = await scene.cohost("Ben");
    connect(ben, true);
    await leaveShow(deps, as(ada), { showId });
    pass(300 * SECOND);
    await sweep();
    assert.equal((await scene.show())?.hostUid, ben.uid);

    await leaveShow(deps, as(ben), { showId });
    pass(300 * SECOND);
    await sweep();
    assert.equal((await scene.show())?.endReason, "host_left");
    assert.equal(deps.rooms.rooms.has(showId), false);
  });

  it("takes a creator who is gone without a word for gone, and then waits for him", async () => {
    const ben = await scene.cohost("Ben");
    connect(ben, true);
    pass(60 * SECOND);
    await sweep();
    assert.equal((await scene.placeOf(scene.ada))?.state, "left");
    pass(299 * SECOND);
    await sweep();
    assert.equal((await scene.show())?.hostUid, scene.ada.uid);
    pass(SECOND);
    await sweep();
    assert.equal((await scene.show())?.hostUid, ben.uid);
  });

  it("makes the room of a live show anew, and puts right who may do what in it", async () => {
    const { rooms } = scene.deps;
    await sweep();
    assert.ok(rooms.rooms.has(scene.showId));
    const dan = await scene.attendee("Dan");
    connect(dan, true);
    await sweep();
    assert.equal(rooms.rooms.get(scene.showId)?.get(dan.uid)?.canPublish, false);
  });

  it("closes the room of a show that has ended, and leaves its people as they were", async () => {
    const { deps, showId, ada } = scene;
    const dan = await scene.attendee("Dan");
    connect(dan, false);
    deps.rooms.setDown(true);
    await endShow(deps, as(ada), { showId });
    deps.rooms.setDown(false);
    assert.ok(deps.rooms.rooms.has(showId));
    const ended = await scene.everything();
    pass(3_600 * SECOND);
    await sweep();
    assert.equal(deps.rooms.rooms.has(showId), false);
    assert.deepEqual(await scene.everything(), ended);
  });

  it("leaves rooms alone that are no shows', whatever they are called", async () => {
    const { rooms } = scene.deps;
    const dan = await scene.attendee("Dan");
    const foreign = ["somebody-elses", "a/b", `${scene.showId}/participants/${dan.uid}`, "ünïcode"];
    for (const name of foreign) {
      rooms.connect(name, dan.uid, { role: "speaker", canPublish: true }, 1);
    }
    await sweep();
    for (const name of foreign) assert.equal(rooms.rooms.get(name)?.size, 1, name);
  });

  it("takes nobody for gone while the rooms do not answer, and does the rest all the same", async () => {
    const { deps, showId, ada } = scene;
    const [ben, dan] = await Promise.all([scene.cohost("Ben"), scene.attendee("Dan")]);
    await leaveShow(deps, as(ada), { showId });
    deps.rooms.setDown(true);
    pass(300 * SECOND);
    await assert.rejects(sweep(), AggregateError);
    assert.deepEqual(
      [(await scene.placeOf(ben))?.state, (await scene.placeOf(dan))?.state],
      ["present", "present"],
    );
    assert.equal((await scene.show())?.hostUid, ben.uid);
    const feed = await firestore.doc(`shows/${showId}/feed/latest`).get();
    assert.equal(feed.get("audience.listeners"), 2);
  });

  it("goes over the others when one show cannot be read", async () => {
    const broken = await liveScene(firestore);
    await showRef(firestore, broken.showId).update({ title: 7 });
    const dan = await scene.attendee("Dan");
    connect(dan, true);
    await assert.rejects(sweep(), AggregateError);
    assert.equal(scene.deps.rooms.rooms.get(scene.showId)?.get(dan.uid)?.canPublish, false);
  });

  it("finds nothing left to do when it runs again", async () => {
    const [ben, dan] = await Promise.all([scene.cohost("Ben"), scene.attendee("Dan")]);
    connect(ben, false);
    connect(dan, true);
    scene.deps.rooms.connect(scene.showId, scene.ada.uid, { role: "creator", canPublish: true });
    pass(600 * SECOND);
    await sweep();
    pass(30 * SECOND);
    await sweep();
    const swept = await scene.everything();
    scene.deps.rooms.asked.length = 0;
    await sweep();
    assert.deepEqual(scene.deps.rooms.asked, ["list", `look ${scene.showId}`]);
    assert.deepEqual(await scene.everything(), swept);
  });
});
