import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { reconcileRoom } from "../../src/shows/reconcileRoom.js";
import { activityRef, showRef } from "../../src/collections.js";
import { showStatus } from "../../src/contract/shows.js";
import { setRole } from "../../src/stage/setRole.js";
import { setStageMode } from "../../src/stage/setStageMode.js";
import { quietFirestore, showIn, type Person } from "../support/backstage.js";
import { handRooms } from "../support/handRooms.js";
import { as, liveScene, type LiveScene } from "../support/liveScene.js";

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

  const reconcile = () => reconcileRoom(scene.deps, scene.showId);
  const rooms = () => scene.deps.rooms;
  const inTheRoom = () => rooms().rooms.get(scene.showId);
  const connect = (
    person: Person,
    entitlement: Parameters<LiveScene["deps"]["rooms"]["connect"]>[2],
    tracks = 0,
  ) => {
    rooms().connect(scene.showId, person.uid, entitlement, tracks);
  };
  const everybodyConnects = () => {
    connect(scene.ada, creator, 1);
    connect(eve, speaker, 1);
    connect(dan, listener);
  };
  const pass = (ms: number) => {
    scene.deps.clock.advance(ms);
  };
  const beat = ({ uid }: Person) =>
    activityRef(firestore, scene.showId, uid).set({
      seenAt: Timestamp.fromMillis(scene.deps.clock.now()),
    });
  const madeAt = (since: number) => ({
    look: async (showId: string) => {
      const room = await rooms().look(showId);
      return room && { ...room, since };
    },
  });
  const statesOf = async (...people: Person[]) =>
    (await Promise.all(people.map(scene.placeOf))).map((place) => place?.state);

  it("changes nothing where both sides agree", async () => {
    everybodyConnects();
    pass(3_600 * SECOND);
    const before = await scene.everything();
    await reconcile();
    assert.deepEqual(rooms().asked, [`look ${scene.showId}`]);
    assert.deepEqual(await scene.everything(), before);
  });

  describe("puts right in the room", () => {
    for (const [what, place, found, tracks, wanted] of [
      ["a right too many", {}, speaker, 1, { ...listener, tracks: 0 }],
      ["a right too few", speaker, listener, 0, { ...speaker, tracks: 0 }],
      ["a role that others are told", cohost, speaker, 1, { ...cohost, tracks: 1 }],
      ["what is sent without the right to", {}, listener, 1, { ...listener, tracks: 0 }],
    ] as const) {
      it(what, async () => {
        everybodyConnects();
        const fay = await scene.attendee("Fay", place);
        connect(fay, found, tracks);
        await reconcile();
        const corrected = inTheRoom()?.get(fay.uid);
        assert.deepEqual(
          { ...corrected, tracks: corrected?.tracks.length },
          {
            uid: fay.uid,
            ...wanted,
          },
        );
        assert.equal(rooms().asked.length, 2, "nobody else was touched");
      });
    }

    it("one who has no business there: gone, removed, or never come", async () => {
      everybodyConnects();
      const [fay, gus] = await Promise.all([
        scene.attendee("Fay", { state: "left" }),
        scene.attendee("Gus", { state: "removed" }),
      ]);
      const hal = { ...dan, uid: "spotify_hal" };
      for (const person of [fay, gus, hal]) connect(person, speaker, 1);
      await reconcile();
      assert.deepEqual([...(inTheRoom()?.keys() ?? [])].sort(), [
        ...[scene.ada, eve, dan].map(({ uid }) => uid).sort(),
      ]);
    });

    it("the sound that the music silences, and back again", async () => {
      const { deps, showId, ada } = scene;
      await setStageMode(deps, as(ada), { showId, mode: "music" });
      everybodyConnects();
      await reconcile();
      assert.ok([...(inTheRoom()?.values() ?? [])].every((person) => !person.canPublish));
      rooms().setDown(true);
      await setStageMode(deps, as(ada), { showId, mode: "talk" });
      rooms().setDown(false);
      await reconcile();
      assert.partialDeepStrictEqual(inTheRoom()?.get(eve.uid), speaker);
      assert.partialDeepStrictEqual(inTheRoom()?.get(dan.uid), listener);
    });

    it("a demotion of the time when the room did not answer", async () => {
      const { deps, showId, ada } = scene;
      everybodyConnects();
      rooms().setDown(true);
      await setRole(deps, as(ada), { showId, uid: eve.uid, role: "listener" });
      rooms().setDown(false);
      assert.equal(inTheRoom()?.get(eve.uid)?.canPublish, true);
      await reconcile();
      assert.deepEqual(inTheRoom()?.get(eve.uid), { uid: eve.uid, ...listener, tracks: [] });
    });

    it("the room itself, where a live show has lost it, and takes nobody for gone", async () => {
      pass(3_600 * SECOND);
      const before = await scene.everything();
      await reconcile();
      assert.ok(inTheRoom());
      assert.deepEqual(await scene.everything(), before);
    });
  });

  describe("takes for gone", () => {
    it("one who is not in the room after 60 s, and not after 59 s", async () => {
      everybodyConnects();
      inTheRoom()?.delete(eve.uid);
      pass(59 * SECOND);
      await reconcile();
      assert.deepEqual(await statesOf(eve), ["present"]);
      pass(SECOND);
      await reconcile();
      assert.deepEqual(await statesOf(scene.ada, eve, dan), ["present", "left", "present"]);
      assert.deepEqual(scene.deps.queued.recounts.length, 1);
    });

    it("nobody whose app gave a sign of life within 60 s", async () => {
      everybodyConnects();
      inTheRoom()?.delete(eve.uid);
      pass(600 * SECOND);
      await beat(eve);
      pass(59 * SECOND);
      await reconcile();
      assert.deepEqual(await statesOf(eve), ["present"]);
      pass(SECOND);
      await reconcile();
      assert.deepEqual(await statesOf(eve), ["left"]);
    });

    it("nobody while signs of life go on, though he is never in the room", async () => {
      everybodyConnects();
      inTheRoom()?.delete(dan.uid);
      for (let minute = 0; minute < 5; minute += 1) {
        pass(40 * SECOND);
        await beat(dan);
        pass(20 * SECOND);
        await reconcile();
      }
      assert.deepEqual(await statesOf(dan), ["present"]);
    });

    it("nobody who came in within 60 s", async () => {
      everybodyConnects();
      pass(600 * SECOND);
      const fay = await scene.attendee("Fay");
      pass(59 * SECOND);
      await reconcile();
      assert.deepEqual(await statesOf(fay), ["present"]);
    });

    it("nobody while the room does not answer", async () => {
      rooms().setDown(true);
      pass(3_600 * SECOND);
      const before = await scene.everything();
      await assert.rejects(reconcile(), { reason: "AUDIO_UNAVAILABLE" });
      assert.deepEqual(await scene.everything(), before);
    });

    for (const [age, state] of [
      [59, "present"],
      [60, "left"],
    ] as const) {
      it(`${state === "left" ? "who did not come back" : "nobody"} when the room was made anew ${age} s ago`, async () => {
        pass(3_600 * SECOND);
        const remade = handRooms(scene.deps.clock.now() - age * SECOND);
        remade.connect(scene.showId, scene.ada.uid, creator);
        await reconcileRoom({ ...scene.deps, rooms: remade }, scene.showId);
        assert.deepEqual(await statesOf(scene.ada, eve, dan), ["present", state, state]);
      });
    }

    it("one whom no room ever had, in a project without sound", async () => {
      rooms().rooms.set(scene.showId, new Map());
      pass(60 * SECOND);
      await beat(scene.ada);
      await reconcile();
      assert.deepEqual(await statesOf(scene.ada, eve, dan), ["present", "left", "left"]);
    });
  });

  it("does the same when it runs twice at once", async () => {
    everybodyConnects();
    inTheRoom()?.delete(dan.uid);
    connect(eve, listener, 1);
    pass(60 * SECOND);
    await Promise.all([reconcile(), reconcile()]);
    assert.deepEqual(await statesOf(scene.ada, eve, dan), ["present", "present", "left"]);
    assert.partialDeepStrictEqual(inTheRoom()?.get(eve.uid), speaker);
  }).timeout(60_000);

  for (const status of showStatus.options.filter((each) => each !== "live")) {
    it(`closes the room of a show that is ${status}, and changes nobody's state`, async () => {
      everybodyConnects();
      await showRef(firestore, scene.showId).update({ status });
      pass(3_600 * SECOND);
      const before = await scene.everything();
      await reconcile();
      assert.equal(inTheRoom(), undefined);
      assert.deepEqual(await scene.everything(), before);
    });
  }

  it("takes what nobody may send, and leaves the right to speak", async () => {
    everybodyConnects();
    rooms().connect(scene.showId, eve.uid, speaker, 1, false);
    await reconcile();
    assert.deepEqual(inTheRoom()?.get(eve.uid), { uid: eve.uid, ...speaker, tracks: [] });
    assert.equal(inTheRoom()?.get(scene.ada.uid)?.tracks.length, 1);
  });

  for (const status of ["draft", "scheduled"] as const) {
    it(`leaves the room alone that was just made for a show that is ${status}: it is being started`, async () => {
      everybodyConnects();
      await showRef(firestore, scene.showId).update({ status });
      const made = (since: number) => ({ ...scene.deps, rooms: { ...rooms(), ...madeAt(since) } });
      const now = scene.deps.clock.now();
      await reconcileRoom(made(now - 59 * SECOND), scene.showId);
      assert.ok(inTheRoom());
      await reconcileRoom(made(now - 60 * SECOND), scene.showId);
      assert.equal(inTheRoom(), undefined);
    });
  }

  it("leaves a room alone that is no show's", async () => {
    rooms().connect("somebody-elses", dan.uid, speaker, 1);
    await reconcileRoom(scene.deps, "somebody-elses");
    assert.deepEqual(rooms().asked, []);
  });

  it("touches no other show", async () => {
    const other = await showIn("live", eve, {}, firestore);
    rooms().connect(other, dan.uid, speaker, 1);
    everybodyConnects();
    pass(3_600 * SECOND);
    await reconcile();
    assert.equal(rooms().rooms.get(other)?.get(dan.uid)?.canPublish, true);
  });
});
