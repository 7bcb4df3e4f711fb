import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { receiveRoomEvent } from "../../src/audio/receiveRoomEvent.js";
import type { Entitlement, RoomEvent } from "../../src/ports/audioRooms.js";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { endShow } from "../../src/shows/endShow.js";
import { setRole } from "../../src/stage/setRole.js";
import { countReads } from "../support/countReads.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

const SECOND = 1_000;
const speaker = { role: "speaker", canPublish: true } as const;
const cohost = { role: "cohost", canPublish: true } as const;
const listener = { role: "listener", canPublish: false } as const;

describe("an audio room event", () => {
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

  const receive = (event: RoomEvent) => receiveRoomEvent(scene.deps, event);
  const about = ({ uid }: Person) => ({ showId: scene.showId, uid });
  const joined = (
    person: Person,
    entitlement: Entitlement,
    connectedAt = scene.deps.clock.now(),
  ): RoomEvent => ({ kind: "joined", ...about(person), ...entitlement, connectedAt });
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
  const requests = () => scene.deps.rooms.requests;
  const lower = ({ uid }: Person) =>
    setRole(scene.deps, as(scene.ada), { showId: scene.showId, uid, role: "listener" });

  describe("of a connection", () => {
    it("keeps the lease while they are connected, and changes nothing else", async () => {
      const before = await scene.everything();
      await receive(joined(eve, speaker));
      await receive(joined(dan, listener));
      assert.deepEqual(requests(), []);
      for (const person of [eve, dan]) {
        assert.equal((await scene.leaseOf(person))?.aliveUntil, null);
        await scene.lease(person, scene.deps.clock.now());
      }
      const others = (documents: Record<string, unknown>) =>
        Object.fromEntries(
          Object.entries(documents).filter(([path]) => !path.includes("/leases/")),
        );
      assert.deepEqual(others(await scene.everything()), others(before));
    });

    it("takes away the permissions of an old token", async () => {
      await lower(eve);
      requests().length = 0;
      connect(eve, speaker, 1);
      await receive(joined(eve, speaker));
      assert.deepEqual(requests(), [`permit ${eve.uid} listener silence`]);
      assert.deepEqual(inTheRoom(eve), { uid: eve.uid, ...listener, tracks: [] });
    });

    it("grants permissions that were given after the token", async () => {
      connect(eve, listener);
      await receive(joined(eve, listener));
      assert.partialDeepStrictEqual(inTheRoom(eve), speaker);
    });

    it("corrects the role that others in the room see", async () => {
      connect(eve, cohost, 1);
      await receive(joined(eve, cohost));
      assert.partialDeepStrictEqual(inTheRoom(eve), speaker);
      assert.equal(inTheRoom(eve)?.tracks.length, 1);
    });

    for (const [who, place] of [
      ["left", { state: "left" }],
      ["was removed", { state: "removed" }],
    ] as const) {
      it(`disconnects someone who ${who}, whatever their token allows`, async () => {
        const fay = await scene.attendee("Fay", place);
        for (const entitlement of [speaker, listener]) {
          connect(fay, entitlement);
          await receive(joined(fay, entitlement));
          assert.equal(inTheRoom(fay), undefined);
        }
        assert.equal((await scene.placeOf(fay))?.state, place.state);
      });
    }

    it("disconnects someone who never joined, and everyone whose show is over", async () => {
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

    it("gives the same result when it arrives twice, or late", async () => {
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

    it("reads nothing twice to disconnect somebody, but what it compares afterwards", async () => {
      await leaveShow(scene.deps, as(dan), { showId: scene.showId });
      connect(dan, listener);
      const reads = countReads(firestore);
      await receive(joined(dan, listener));
      // Show, participant, playback and stage, before and after.
      assert.equal(reads.stop(), 8);
      assert.equal(inTheRoom(dan), undefined);
    });

    it("ignores a room that belongs to no show", async () => {
      const { rooms } = scene.deps;
      rooms.connect("somebody-elses", dan.uid, speaker, 1);
      for (const event of [published(dan), published(dan, false), joined(dan, speaker)]) {
        await receive({ ...event, showId: "somebody-elses" });
      }
      assert.deepEqual(rooms.requests, []);
      assert.equal(rooms.rooms.get("somebody-elses")?.get(dan.uid)?.canPublish, true);
    });
  });

  describe("of a published track", () => {
    it("changes nothing if it is allowed", async () => {
      await receive(published(eve));
      assert.deepEqual(requests(), []);
    });

    it("silences someone without permission, however often it arrives", async () => {
      connect(dan, { role: "listener", canPublish: true }, 1);
      await receive(published(dan));
      assert.deepEqual(inTheRoom(dan), { uid: dan.uid, ...listener, tracks: [] });
      await receive(published(dan));
      assert.deepEqual(requests(), [`permit ${dan.uid} listener silence`]);
    });

    it("removes all tracks of someone who publishes a forbidden one, but keeps their permission to speak", async () => {
      scene.deps.rooms.connect(scene.showId, eve.uid, speaker, 2, false);
      await receive(published(eve, false));
      assert.deepEqual(requests(), [
        `permit ${eve.uid} speaker silence`,
        `permit ${eve.uid} speaker sound`,
      ]);
      assert.deepEqual(inTheRoom(eve), { uid: eve.uid, ...speaker, tracks: [] });
    });

    it("leaves someone alone who by now publishes only a voice", async () => {
      connect(eve, speaker, 1);
      await receive(published(eve, false));
      assert.deepEqual(requests(), []);
      assert.equal(inTheRoom(eve)?.tracks.length, 1);
    });

    it("disconnects someone who is absent", async () => {
      const fay = await scene.attendee("Fay", { state: "removed" });
      for (const event of [published(fay), published(fay, false)]) {
        connect(fay, speaker, 1);
        await receive(event);
        assert.equal(inTheRoom(fay), undefined);
      }
    });
  });

  describe("of a disconnect", () => {
    it("keeps everything for the grace period and makes no call to the room", async () => {
      const { deps } = scene;
      const connectedAt = deps.clock.now();
      await receive(joined(eve, speaker, connectedAt));
      deps.clock.advance(600 * SECOND);
      await receive(left(eve, connectedAt));
      assert.partialDeepStrictEqual(await scene.placeOf(eve), { state: "present", ...speaker });
      const { aliveUntil } = (await scene.leaseOf(eve)) ?? assert.fail();
      assert.equal(aliveUntil?.toMillis(), deps.clock.now() + deps.presenceGraceMs);
      assert.deepEqual(requests(), []);
      assert.deepEqual([deps.queued.publishFeed, deps.queued.sweepShow], [[], []]);
    });

    it("changes nothing for someone who left, was removed or never joined", async () => {
      const { deps, showId } = scene;
      const fay = await scene.attendee("Fay", { state: "removed" });
      await leaveShow(deps, as(eve), { showId });
      const before = await scene.everything();
      await receive(left(fay));
      await receive(left({ ...dan, uid: "spotify_hal" }));
      assert.deepEqual(await scene.everything(), before);
      const place = await scene.placeOf(eve);
      await receive(left(eve));
      assert.deepEqual(await scene.placeOf(eve), place);
    });

    it("costs one read and writes nothing once the show is over", async () => {
      const { deps, showId, ada } = scene;
      const connectedAt = deps.clock.now();
      await receive(joined(eve, speaker, connectedAt));
      await endShow(deps, as(ada), { showId });
      const before = await scene.everything();
      const reads = countReads(firestore);
      await receive(left(eve, connectedAt));
      assert.equal(reads.stop(), 1);
      assert.deepEqual(await scene.everything(), before);
    });
  });

  describe("of a closed room", () => {
    it("recreates the room while the show is live, however often it arrives", async () => {
      const { rooms } = scene.deps;
      await receive(finished());
      assert.ok(rooms.rooms.has(scene.showId));
      connect(eve, speaker);
      await receive(finished());
      assert.partialDeepStrictEqual(inTheRoom(eve), speaker);
    });

    it("changes nothing if the show is over or does not exist", async () => {
      const { deps, showId, ada } = scene;
      await endShow(deps, as(ada), { showId });
      requests().length = 0;
      await receive(finished());
      await receive({ kind: "finished", showId: "somebody-elses" });
      assert.deepEqual(requests(), []);
    });
  });

  describe("while the room does not answer", () => {
    beforeEach(() => {
      scene.deps.rooms.setDown(true);
    });

    it("fails, and marks nobody absent", async () => {
      const places = await Promise.all([eve, dan].map(scene.placeOf));
      for (const event of [
        joined(eve, listener),
        published(dan),
        published(eve, false),
        finished(),
      ]) {
        await assert.rejects(receive(event), { reason: "AUDIO_UNAVAILABLE" });
      }
      await receive(left(eve));
      assert.deepEqual(await Promise.all([eve, dan].map(scene.placeOf)), places);
    });
  });

  it("leaves no more work behind for 50 reconnects than for one", async () => {
    const { deps } = scene;
    const reconnect = async () => {
      const connectedAt = deps.clock.now();
      await receive(joined(eve, speaker, connectedAt));
      deps.clock.advance(SECOND);
      await receive(left(eve, connectedAt));
    };
    const paths = async () => Object.keys(await scene.everything());
    await reconnect();
    const one = await paths();
    for (let times = 0; times < 50; times += 1) await reconnect();
    assert.deepEqual(await paths(), one);
    assert.deepEqual([deps.queued.publishFeed, deps.queued.sweepShow, requests()], [[], [], []]);
  }).timeout(20_000);

  it("gives the same result in any order of the events", async () => {
    const { deps, showId } = scene;
    const old = deps.clock.now();
    deps.clock.advance(SECOND);
    await joinShow(deps, as(eve), { showId });
    deps.clock.advance(SECOND);
    connect(eve, speaker, 1);
    const now = joined(eve, speaker);
    const events = [joined(eve, speaker, old), now, published(eve), left(eve, old), now];
    for (const order of [events, [...events].reverse(), [...events, ...events]]) {
      for (const event of order) await receive(event);
      assert.equal((await scene.leaseOf(eve))?.aliveUntil, null);
      assert.partialDeepStrictEqual(await scene.placeOf(eve), { state: "present", ...speaker });
      assert.equal(inTheRoom(eve)?.tracks.length, 1);
    }
  });
});
