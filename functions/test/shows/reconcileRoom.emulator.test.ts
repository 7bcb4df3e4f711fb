import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { noRooms } from "../../src/audio/noRooms.js";
import { reconcileRoom } from "../../src/shows/reconcileRoom.js";
import { participantRef, stageRef } from "../../src/collections.js";
import { Refusal } from "../../src/errors.js";
import { setRole } from "../../src/stage/setRole.js";
import { setStageMode } from "../../src/stage/setStageMode.js";
import { quietFirestore, showIn, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

const SECOND = 1_000;
const speaker = { role: "speaker", canPublish: true } as const;
const cohost = { role: "cohost", canPublish: true } as const;
const creator = { role: "creator", canPublish: true } as const;
const listener = { role: "listener", canPublish: false } as const;

describe("reconcileRoom", () => {
  let firestore: Firestore;
  let scene: LiveScene;
  let eve: Person;
  let dan: Person;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    [eve, dan] = await Promise.all([scene.speaker("Eve"), scene.attendee("Dan")]);
  });

  const reconcile = () => reconcileRoom(scene.deps, scene.showId, { stopAt: Infinity });
  const rooms = () => scene.deps.rooms;
  const inTheRoom = () => rooms().rooms.get(scene.showId);
  const connect = (
    person: Person,
    entitlement: Parameters<LiveScene["deps"]["rooms"]["connect"]>[2],
    tracks = 0,
  ) => {
    rooms().connect(scene.showId, person.uid, entitlement, tracks);
  };
  const everybodyConnects = async () => {
    connect(scene.ada, creator, 1);
    connect(eve, speaker, 1);
    connect(dan, listener);
    for (const person of [scene.ada, eve, dan]) await scene.lease(person, null);
  };
  const pass = (ms: number) => {
    scene.deps.clock.advance(ms);
  };
  const stateOf = async (person: Person) => (await scene.placeOf(person))?.state;

  it("changes nothing if both sides agree", async () => {
    await everybodyConnects();
    pass(3_600 * SECOND);
    const before = await scene.everything();
    await reconcile();
    assert.deepEqual(rooms().requests, [`look ${scene.showId}`]);
    assert.deepEqual(await scene.everything(), before);
  });

  describe("corrects in the room", () => {
    for (const [what, place, found, tracks, wanted] of [
      ["an excess permission", {}, speaker, 1, { ...listener, tracks: 0 }],
      ["a missing permission", speaker, listener, 0, { ...speaker, tracks: 0 }],
      ["the role that others see", cohost, speaker, 1, { ...cohost, tracks: 1 }],
      ["a track published without permission", {}, listener, 1, { ...listener, tracks: 0 }],
    ] as const) {
      it(what, async () => {
        await everybodyConnects();
        const fay = await scene.attendee("Fay", place);
        connect(fay, found, tracks);
        await scene.lease(fay, null);
        await reconcile();
        const corrected = inTheRoom()?.get(fay.uid);
        assert.deepEqual(
          { ...corrected, tracks: corrected?.tracks.length },
          {
            uid: fay.uid,
            ...wanted,
          },
        );
        assert.equal(rooms().requests.length, 2, "nobody else was changed");
      });
    }

    it("the sound after a change of mode", async () => {
      const { deps, showId, ada } = scene;
      await setStageMode(deps, as(ada), { showId, mode: "music" });
      await everybodyConnects();
      await reconcile();
      assert.ok([...(inTheRoom()?.values() ?? [])].every((person) => !person.canPublish));
      rooms().setDown(true);
      await setStageMode(deps, as(ada), { showId, mode: "talk" });
      rooms().setDown(false);
      await reconcile();
      assert.partialDeepStrictEqual(inTheRoom()?.get(eve.uid), speaker);
      assert.partialDeepStrictEqual(inTheRoom()?.get(dan.uid), listener);
    });

    it("a demotion from while the room did not answer", async () => {
      const { deps, showId, ada } = scene;
      await everybodyConnects();
      rooms().setDown(true);
      await setRole(deps, as(ada), { showId, uid: eve.uid, role: "listener" });
      rooms().setDown(false);
      assert.equal(inTheRoom()?.get(eve.uid)?.canPublish, true);
      await reconcile();
      assert.deepEqual(inTheRoom()?.get(eve.uid), { uid: eve.uid, ...listener, tracks: [] });
    });

    it("a missing room, and marks nobody absent", async () => {
      pass(3_600 * SECOND);
      const before = await scene.everything();
      await reconcile();
      assert.ok(inTheRoom());
      assert.deepEqual(await scene.everything(), before);
    });
  });

  it("marks nobody absent while the room does not answer", async () => {
    rooms().setDown(true);
    pass(3_600 * SECOND);
    const before = await scene.everything();
    await assert.rejects(reconcile(), { reason: "AUDIO_UNAVAILABLE" });
    assert.deepEqual(await scene.everything(), before);
  });

  it("marks everyone absent who sends no heartbeat, in a project without sound", async () => {
    const deps = { ...scene.deps, rooms: noRooms };
    pass(scene.deps.presenceGraceMs);
    await scene.lease(scene.ada, scene.deps.clock.now() + 1);
    await reconcileRoom(deps, scene.showId, { stopAt: Infinity });
    assert.deepEqual(await Promise.all([scene.ada, eve, dan].map(stateOf)), [
      "present",
      "lost",
      "lost",
    ]);
  });

  it("reopens the stage when the call that started closing it crashed", async () => {
    await everybodyConnects();
    connect(eve, { ...speaker, canPublish: false });
    const since = Timestamp.fromMillis(scene.deps.clock.now());
    await stageRef(firestore, scene.showId).update({ closing: { id: "crashed", since } });
    pass(30 * SECOND);
    await reconcile();
    assert.partialDeepStrictEqual(inTheRoom()?.get(eve.uid), { canPublish: false });
    pass(1);
    await reconcile();
    assert.partialDeepStrictEqual(inTheRoom()?.get(eve.uid), speaker);
    assert.equal((await scene.stage())?.closing, null);
  });

  it("leaves permissions to a later sweep once its time is up", async () => {
    await everybodyConnects();
    connect(dan, speaker, 1);
    await reconcileRoom(scene.deps, scene.showId, { stopAt: scene.deps.clock.now() });
    assert.deepEqual(rooms().requests, [`look ${scene.showId}`]);
    await reconcile();
    assert.partialDeepStrictEqual(inTheRoom()?.get(dan.uid), listener);
  });

  it("gives the same result when it runs twice at once", async () => {
    await everybodyConnects();
    inTheRoom()?.delete(dan.uid);
    await scene.lease(dan, scene.deps.clock.now());
    connect(eve, listener, 1);
    await Promise.all([reconcile(), reconcile()]);
    assert.deepEqual(await Promise.all([scene.ada, eve, dan].map(stateOf)), [
      "present",
      "present",
      "lost",
    ]);
    assert.partialDeepStrictEqual(inTheRoom()?.get(eve.uid), speaker);
  }).timeout(60_000);

  it("removes forbidden tracks but keeps the permission to speak", async () => {
    await everybodyConnects();
    rooms().connect(scene.showId, eve.uid, speaker, 1, false);
    await reconcile();
    assert.deepEqual(inTheRoom()?.get(eve.uid), { uid: eve.uid, ...speaker, tracks: [] });
    assert.equal(inTheRoom()?.get(scene.ada.uid)?.tracks.length, 1);
  });

  it("corrects everyone else, and who is present, when the room refuses one person", async () => {
    await everybodyConnects();
    const gus = await scene.attendee("Gus", cohost);
    for (const person of [eve, gus]) connect(person, listener);
    await scene.lease(gus, null);
    inTheRoom()?.delete(dan.uid);
    await scene.lease(dan, scene.deps.clock.now());
    rooms().beforeRequest((what) => {
      if (what.startsWith(`permit ${eve.uid}`)) throw new Refusal("AUDIO_UNAVAILABLE");
    });
    await assert.rejects(reconcile(), { errors: [new Refusal("AUDIO_UNAVAILABLE")] });
    assert.partialDeepStrictEqual(inTheRoom()?.get(gus.uid), cohost);
    assert.equal(await stateOf(dan), "lost");
  });

  it("corrects everyone else when the document of one speaker cannot be read", async () => {
    await everybodyConnects();
    await participantRef(firestore, scene.showId, eve.uid).update({ joinedAt: "today" });
    connect(scene.ada, listener);
    await assert.rejects(reconcile(), AggregateError);
    assert.partialDeepStrictEqual(inTheRoom()?.get(scene.ada.uid), creator);
  });

  it("does not affect other shows", async () => {
    const other = await showIn("live", eve, {}, firestore);
    rooms().connect(other, dan.uid, speaker, 1);
    await everybodyConnects();
    pass(3_600 * SECOND);
    await reconcile();
    assert.equal(rooms().rooms.get(other)?.get(dan.uid)?.canPublish, true);
  });
});
