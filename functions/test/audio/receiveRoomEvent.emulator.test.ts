import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { confirmAbsence } from "../../src/audience/confirmAbsence.js";
import { receiveRoomEvent } from "../../src/audio/receiveRoomEvent.js";
import type { Entitlement, RoomEvent } from "../../src/ports/audioRooms.js";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { activityRef } from "../../src/collections.js";
import { endShow } from "../../src/shows/endShow.js";
import { setRole } from "../../src/stage/setRole.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as, liveScene, type LiveScene } from "../support/liveScene.js";

const SECOND = 1_000;
const speaker = { role: "speaker", canPublish: true } as const;
const cohost = { role: "cohost", canPublish: true } as const;
const listener = { role: "listener", canPublish: false } as const;

describe("an event of the audio room", () => {
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
    scene.deps.clock.advance(10 * SECOND);
  });

  /** With what was left to the queue, when it is due. */
  const receive = async (event: RoomEvent) => {
    await receiveRoomEvent(scene.deps, event);
    const { absences } = scene.deps.queued;
    for (const task of absences.splice(0)) await confirmAbsence(scene.deps, task);
  };
  const about = ({ uid }: Person) => ({ showId: scene.showId, uid });
  const joined = (person: Person, entitlement: Entitlement): RoomEvent => ({
    kind: "joined",
    ...about(person),
    ...entitlement,
  });
  const left = (person: Person, connectedAt = scene.deps.clock.now()): RoomEvent => ({
    kind: "left",
    ...about(person),
    connectedAt,
  });
  const published = (person: Person, isVoice = true): RoomEvent => ({
    kind: "published",
    ...about(person),
    isVoice,
  });
  const finished = (): RoomEvent => ({ kind: "finished", showId: scene.showId });
  const connect = (
    person: Person,
    entitlement: Parameters<LiveScene["deps"]["rooms"]["connect"]>[2],
    tracks = 0,
  ) => {
    scene.deps.rooms.connect(scene.showId, person.uid, entitlement, tracks);
  };
  const inTheRoom = ({ uid }: Person) => scene.deps.rooms.rooms.get(scene.showId)?.get(uid);
  const asked = () => scene.deps.rooms.asked;
  const lower = ({ uid }: Person) =>
    setRole(scene.deps, as(scene.ada), { showId: scene.showId, uid, role: "listener" });

  describe("that one has connected", () => {
    it("is let be when he has the rights that he should have", async () => {
      const before = await scene.everything();
      await receive(joined(eve, speaker));
      await receive(joined(dan, listener));
      assert.deepEqual(asked(), []);
      assert.deepEqual(await scene.everything(), before);
    });

    it("takes the rights of an old token away", async () => {
      await lower(eve);
      asked().length = 0;
      connect(eve, speaker, 1);
      await receive(joined(eve, speaker));
      assert.deepEqual(asked(), [`permit ${eve.uid} listener silence`]);
      assert.deepEqual(inTheRoom(eve), { uid: eve.uid, ...listener, tracks: [] });
    });

    it("gives one the rights that came after his token", async () => {
      connect(eve, listener);
      await receive(joined(eve, listener));
      assert.partialDeepStrictEqual(inTheRoom(eve), speaker);
    });

    it("corrects what others in the room are told of him", async () => {
      connect(eve, cohost, 1);
      await receive(joined(eve, cohost));
      assert.partialDeepStrictEqual(inTheRoom(eve), speaker);
      assert.equal(inTheRoom(eve)?.tracks.length, 1);
    });

    for (const [who, place] of [
      ["left", { state: "left" }],
      ["was removed", { state: "removed" }],
    ] as const) {
      it(`disconnects one who ${who}, whatever his token said`, async () => {
        const fay = await scene.attendee("Fay", place);
        for (const entitlement of [speaker, listener]) {
          connect(fay, entitlement);
          await receive(joined(fay, entitlement));
          assert.equal(inTheRoom(fay), undefined);
        }
        assert.equal((await scene.placeOf(fay))?.state, place.state);
      });
    }

    it("disconnects one who never joined, and one whose show is over", async () => {
      const hal = { ...dan, uid: "spotify_hal" };
      connect(hal, listener);
      await receive(joined(hal, listener));
      assert.equal(inTheRoom(hal), undefined);

      await endShow(scene.deps, as(scene.ada), { showId: scene.showId });
      connect(eve, speaker);
      await receive(joined(eve, speaker));
      assert.equal(inTheRoom(eve), undefined);
      assert.equal((await scene.placeOf(eve))?.state, "present");
    });

    it("does the same when it comes twice, or late, after what undid it", async () => {
      await lower(eve);
      connect(eve, speaker);
      await receive(joined(eve, speaker));
      await receive(joined(eve, speaker));
      assert.partialDeepStrictEqual(inTheRoom(eve), listener);

      await leaveShow(scene.deps, as(eve), { showId: scene.showId });
      await receive(joined(eve, speaker));
      assert.equal(inTheRoom(eve), undefined);
      assert.equal((await scene.placeOf(eve))?.state, "left");
    });

    it("leaves a room alone that is no show's", async () => {
      const { rooms } = scene.deps;
      rooms.connect("somebody-elses", dan.uid, speaker, 1);
      for (const event of [published(dan), published(dan, false), joined(dan, speaker)]) {
        await receive({ ...event, showId: "somebody-elses" });
      }
      assert.deepEqual(rooms.asked, []);
      assert.equal(rooms.rooms.get("somebody-elses")?.get(dan.uid)?.canPublish, true);
    });
  });

  describe("that one sends", () => {
    it("is let be when he may", async () => {
      await receive(published(eve));
      assert.deepEqual(asked(), []);
    });

    it("silences one who may not, as often as it is told", async () => {
      connect(dan, { role: "listener", canPublish: true }, 1);
      await receive(published(dan));
      assert.deepEqual(inTheRoom(dan), { uid: dan.uid, ...listener, tracks: [] });
      await receive(published(dan));
      assert.deepEqual(asked(), [`permit ${dan.uid} listener silence`]);
    });

    it("takes all that one sends who sends what nobody may, and leaves him his right to speak", async () => {
      scene.deps.rooms.connect(scene.showId, eve.uid, speaker, 2, false);
      await receive(published(eve, false));
      assert.deepEqual(asked(), [
        `permit ${eve.uid} speaker silence`,
        `permit ${eve.uid} speaker sound`,
      ]);
      assert.deepEqual(inTheRoom(eve), { uid: eve.uid, ...speaker, tracks: [] });
    });

    it("cuts nobody off who sends his voice alone by now", async () => {
      connect(eve, speaker, 1);
      await receive(published(eve, false));
      assert.deepEqual(asked(), []);
      assert.equal(inTheRoom(eve)?.tracks.length, 1);
    });

    it("disconnects one who is not there and sends", async () => {
      const fay = await scene.attendee("Fay", { state: "removed" });
      for (const event of [published(fay), published(fay, false)]) {
        connect(fay, speaker, 1);
        await receive(event);
        assert.equal(inTheRoom(fay), undefined);
      }
    });
  });

  describe("that one has disconnected", () => {
    it("takes him for gone, as if he had left", async () => {
      await receive(left(eve));
      assert.partialDeepStrictEqual(await scene.placeOf(eve), {
        state: "left",
        ...listener,
        leftAt: Timestamp.fromMillis(scene.deps.clock.now()),
      });
    });

    it("gives him three seconds to come back, and what he had is still his then", async () => {
      await receiveRoomEvent(scene.deps, left(eve));
      const [task] = scene.deps.queued.absences;
      assert.equal(task?.dueAt, scene.deps.clock.now() + 3 * SECOND);
      assert.equal((await scene.placeOf(eve))?.role, "speaker");
      connect(eve, speaker);
      await confirmAbsence(scene.deps, task);
      assert.deepEqual(scene.deps.clock.slept, [3 * SECOND]);
      assert.partialDeepStrictEqual(await scene.placeOf(eve), { state: "present", ...speaker });
    });

    it("changes nothing when it comes twice", async () => {
      const event = left(eve);
      await receive(event);
      const gone = await scene.everything();
      scene.deps.clock.advance(SECOND);
      await receive(event);
      assert.deepEqual(await scene.everything(), gone);
    });

    it("changes nothing when he is there on another connection by now", async () => {
      connect(eve, speaker);
      const before = await scene.everything();
      await receive(left(eve));
      assert.deepEqual(asked(), []);
      assert.deepEqual(await scene.everything(), before);
    });

    it("changes nothing when it is about a connection from before he came back", async () => {
      const { deps, showId } = scene;
      const connectedAt = deps.clock.now();
      deps.clock.advance(SECOND);
      await leaveShow(deps, as(eve), { showId });
      deps.clock.advance(SECOND);
      await joinShow(deps, as(eve), { showId });
      const before = await scene.everything();
      await receive(left(eve, connectedAt));
      assert.deepEqual(await scene.everything(), before);
    });

    it("changes nothing when he has been given a token since, and is on his way", async () => {
      const { deps, showId } = scene;
      const connectedAt = deps.clock.now();
      deps.clock.advance(SECOND);
      await joinShow(deps, as(eve), { showId });
      await receive(left(eve, connectedAt));
      assert.equal((await scene.placeOf(eve))?.role, "speaker");
    });

    it("changes nothing while his app gives signs of life", async () => {
      const seenAt = Timestamp.fromMillis(scene.deps.clock.now() - 56 * SECOND);
      await activityRef(firestore, scene.showId, eve.uid).set({ seenAt });
      const before = await scene.everything();
      await receive(left(eve));
      assert.deepEqual(await scene.everything(), before);
    });

    it("looks for him again when the last sign of life is a minute old: he is gone then", async () => {
      const { deps } = scene;
      const seenAt = deps.clock.now() - 10 * SECOND;
      await activityRef(firestore, scene.showId, eve.uid).set({
        seenAt: Timestamp.fromMillis(seenAt),
      });
      await receive(left(eve));
      assert.equal((await scene.placeOf(eve))?.state, "present");
      const [task] = deps.queued.absences.splice(0);
      assert.ok(task);
      assert.equal(task.dueAt, seenAt + 60 * SECOND);
      // Delivered too early, it has to come again.
      await assert.rejects(confirmAbsence(deps, task), /is due in 47000 ms/);
      assert.equal((await scene.placeOf(eve))?.state, "present");
      deps.clock.advance(task.dueAt - deps.clock.now());
      await confirmAbsence(deps, task);
      assert.equal((await scene.placeOf(eve))?.state, "left");
      assert.deepEqual(deps.queued.absences, []);
    });

    it("looks no more for one who is back by then", async () => {
      const { deps, showId } = scene;
      await activityRef(firestore, showId, eve.uid).set({
        seenAt: Timestamp.fromMillis(deps.clock.now()),
      });
      await receive(left(eve));
      const [task] = deps.queued.absences.splice(0);
      assert.ok(task);
      connect(eve, speaker, 1);
      deps.clock.advance(task.dueAt - deps.clock.now());
      await confirmAbsence(deps, task);
      assert.equal((await scene.placeOf(eve))?.role, "speaker");
      assert.deepEqual(deps.queued.absences, []);
    });

    it("changes nothing when it comes before the event that he connected, about one who never did", async () => {
      await receive(left({ ...dan, uid: "spotify_hal" }));
      assert.equal(await scene.placeOf({ ...dan, uid: "spotify_hal" }), undefined);
    });

    it("changes nothing when it comes of the show's end: those who were there can still read", async () => {
      const { deps, showId, ada } = scene;
      await endShow(deps, as(ada), { showId });
      const ended = await scene.everything();
      for (const person of [ada, eve, dan]) {
        await receiveRoomEvent(deps, left(person));
        assert.deepEqual(deps.queued.absences, [], "there is nothing to see after");
      }
      assert.deepEqual(await scene.everything(), ended);
    });

    it("does not bring back one who was removed", async () => {
      const fay = await scene.attendee("Fay", { state: "removed" });
      await receiveRoomEvent(scene.deps, left(fay));
      assert.deepEqual(scene.deps.queued.absences, [], "there is nothing to see after");
      assert.equal((await scene.placeOf(fay))?.state, "removed");
    });
  });

  describe("that the room is gone", () => {
    it("makes it anew while the show is live, as often as it is told", async () => {
      const { rooms } = scene.deps;
      await receive(finished());
      assert.ok(rooms.rooms.has(scene.showId));
      connect(eve, speaker);
      await receive(finished());
      assert.partialDeepStrictEqual(inTheRoom(eve), speaker);
    });

    it("is let be once the show is over, and where there is none", async () => {
      const { deps, showId, ada } = scene;
      await endShow(deps, as(ada), { showId });
      asked().length = 0;
      await receive(finished());
      await receive({ kind: "finished", showId: "somebody-elses" });
      assert.deepEqual(asked(), []);
    });
  });

  describe("while the room does not answer", () => {
    beforeEach(() => {
      scene.deps.rooms.setDown(true);
    });

    it("has to be told again, and nobody is taken for gone", async () => {
      const before = await scene.everything();
      for (const event of [
        joined(eve, listener),
        published(dan),
        published(eve, false),
        left(eve),
        finished(),
      ]) {
        await assert.rejects(receive(event), { reason: "AUDIO_UNAVAILABLE" });
      }
      assert.deepEqual(await scene.everything(), before);
    });
  });

  it("makes the same of them in any order in which they come", async () => {
    const { deps, showId } = scene;
    const old = deps.clock.now();
    deps.clock.advance(SECOND);
    await joinShow(deps, as(eve), { showId });
    deps.clock.advance(SECOND);
    connect(eve, speaker, 1);
    const events = [joined(eve, speaker), published(eve), left(eve, old), joined(eve, speaker)];
    for (const order of [events, [...events].reverse(), [...events, ...events]]) {
      for (const event of order) await receive(event);
      assert.partialDeepStrictEqual(await scene.placeOf(eve), { state: "present", ...speaker });
      assert.equal(inTheRoom(eve)?.tracks.length, 1);
    }
  });
});
