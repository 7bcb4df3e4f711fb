import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { commentRef, feedRef, participantRef, showRef, stageRef } from "../../src/collections.js";
import { showStatus } from "../../src/contract/shows.js";
import { endShow } from "../../src/shows/endShow.js";
import { sweepShow } from "../../src/shows/sweepShow.js";
import { setRole } from "../../src/stage/setRole.js";
import { setStageMode } from "../../src/stage/setStageMode.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { countReads } from "../support/countReads.js";
import { crowdIn } from "../support/crowd.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

const SECOND = 1_000;

describe("sweepShow", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
  });

  const sweep = () => sweepShow(scene.deps, { showId: scene.showId });
  const connect = async (person: Person, role: "creator" | "cohost" | "listener") => {
    scene.deps.rooms.connect(scene.showId, person.uid, { role, canPublish: role !== "listener" });
    await scene.lease(person, null);
  };
  const inTheRoom = () => scene.deps.rooms.rooms.get(scene.showId);
  const pass = (ms: number) => {
    scene.deps.clock.advance(ms);
  };
  /** Each look at the clock takes 0.3 s, so a page of 200 people takes more than the 45 s of a sweep. */
  const slowly = () => {
    const now = () => {
      pass(300);
      return scene.deps.clock.now();
    };
    return { ...scene.deps, clock: { ...scene.deps.clock, now } };
  };
  const feed = async () => (await feedRef(firestore, scene.showId).get()).data();

  it("marks absent people, counts and publishes", async () => {
    const [dan, eve] = await Promise.all([scene.attendee("Dan"), scene.attendee("Eve")]);
    await connect(scene.ada, "creator");
    await connect(eve, "listener");
    const comment = {
      authorUid: dan.uid,
      author: { displayName: "Dan", photoUrl: null },
      text: "pin me",
      createdAt: Timestamp.now(),
      hidden: true,
    };
    await commentRef(firestore, scene.showId, "hidden").set(comment);
    await showRef(firestore, scene.showId).update({ pinnedCommentId: "hidden" });
    pass(scene.deps.presenceGraceMs);
    await sweep();
    assert.equal((await scene.placeOf(dan))?.state, "lost");
    assert.equal((await scene.show())?.pinnedCommentId, null);
    // In production the trigger on Dan's document asks for this count.
    pass(5 * SECOND);
    await sweep();
    assert.equal((await feed())?.audience.listeners, 1);
  });

  it("waits for a lost creator, then hands over, then ends the show", async () => {
    const { deps } = scene;
    const ben = await scene.cohost("Ben");
    await connect(ben, "cohost");
    pass(deps.presenceGraceMs);
    await sweep();
    assert.equal((await scene.placeOf(scene.ada))?.state, "lost");
    pass(deps.hostGraceMs - 1);
    await sweep();
    assert.equal((await scene.show())?.hostUid, scene.ada.uid);
    pass(1);
    await sweep();
    assert.equal((await scene.show())?.hostUid, ben.uid);

    await leaveShow(deps, as(ben), { showId: scene.showId });
    pass(deps.hostGraceMs);
    await sweep();
    assert.equal((await scene.show())?.endReason, "host_left");
    assert.equal(inTheRoom(), undefined);
  });

  it("marks nobody absent while the room does not answer, but does everything else", async () => {
    const { deps, ada, showId } = scene;
    const ben = await scene.cohost("Ben");
    await scene.attendee("Dan");
    await leaveShow(deps, as(ada), { showId });
    deps.rooms.setDown(true);
    pass(deps.hostGraceMs);
    await assert.rejects(sweep(), AggregateError);
    assert.equal((await scene.placeOf(ben))?.state, "present");
    assert.equal((await scene.show())?.hostUid, ben.uid);
    assert.equal((await feed())?.audience.listeners, 2);
  });

  it("decides who leads, publishes, and leaves the rest to the next sweep when time runs out", async () => {
    const { deps, ada, showId } = scene;
    const ben = await scene.cohost("Ben");
    await connect(ben, "cohost");
    await leaveShow(deps, as(ada), { showId });
    const uids = await crowdIn(firestore, showId, 250, deps.clock.now());
    pass(deps.hostGraceMs);
    const present = async () => {
      const people = await Promise.all(uids.map((uid) => scene.placeOf({ ...ada, uid })));
      return people.filter((person) => person?.state === "present").length;
    };
    await sweepShow(slowly(), { showId });
    assert.equal((await scene.show())?.hostUid, ben.uid);
    assert.equal((await feed())?.audience.listeners, uids.length + 1);
    // The first page of 200 leases; Ada's, who has left, may be among them.
    assert.ok([50, 51].includes(await present()));
    await sweepShow(slowly(), { showId });
    assert.equal(await present(), 0);
  }).timeout(20_000);

  it("leaves the rest of a room that lost everyone to a later sweep when time runs out", async () => {
    await connect(scene.ada, "creator");
    const uids = await crowdIn(firestore, scene.showId, 250, null);
    pass(60 * SECOND);
    const connected = async () => {
      const leases = await Promise.all(uids.map((uid) => scene.leaseOf({ ...scene.ada, uid })));
      return leases.filter((lease) => lease?.aliveUntil === null).length;
    };
    await sweepShow(slowly(), { showId: scene.showId });
    // The first page has 200 leases, Ada's among them or not.
    assert.ok([50, 51].includes(await connected()));
    await sweepShow(slowly(), { showId: scene.showId });
    assert.equal(await connected(), 0);
  }).timeout(20_000);

  it("does everything else when it cannot be decided who leads", async () => {
    const { ada, showId } = scene;
    const dan = await scene.attendee("Dan");
    await scene.attendee("Eve");
    await connect(dan, "listener");
    await participantRef(firestore, showId, ada.uid).update({ role: "mascot" });
    pass(scene.deps.presenceGraceMs);
    await assert.rejects(sweep(), AggregateError);
    assert.equal((await feed())?.audience.listeners, 2);
    pass(5 * SECOND);
    await assert.rejects(sweep(), AggregateError);
    assert.equal((await feed())?.audience.listeners, 1);
  });

  it("finds nothing to do when it runs again", async () => {
    const [ben, dan] = await Promise.all([scene.cohost("Ben"), scene.attendee("Dan")]);
    await connect(scene.ada, "creator");
    await connect(ben, "listener");
    await connect(dan, "cohost");
    await scene.attendee("Eve");
    pass(600 * SECOND);
    await sweep();
    // Publishes the count without Eve.
    await sweep();
    const swept = await scene.everything();
    scene.deps.rooms.requests.length = 0;
    pass(SECOND);
    await sweep();
    assert.deepEqual(scene.deps.rooms.requests, [`look ${scene.showId}`]);
    assert.deepEqual(await scene.everything(), swept);
  });

  describe("of a quiet show, told how many LiveKit lists in the room", () => {
    let eve: Person;
    beforeEach(async () => {
      eve = await scene.speaker("Eve");
      await connect(scene.ada, "creator");
      scene.deps.rooms.connect(scene.showId, eve.uid, { role: "speaker", canPublish: true });
      await scene.lease(eve, null);
      pass(121 * SECOND);
    });
    const requests = async (participants: number | undefined) => {
      scene.deps.rooms.requests.length = 0;
      await sweepShow(scene.deps, { showId: scene.showId, participants });
      return scene.deps.rooms.requests;
    };
    const look = () => [`look ${scene.showId}`];

    it("makes no request to LiveKit, and still publishes", async () => {
      await scene.attendee("Dan");
      assert.deepEqual(await requests(2), []);
      assert.equal((await feed())?.audience.listeners, 2);
    });

    it("looks into the room if it is not told the number", async () => {
      assert.deepEqual(await requests(undefined), look());
    });

    it("looks into the room if LiveKit lists another number, and repairs", async () => {
      inTheRoom()?.delete(eve.uid);
      assert.deepEqual(await requests(1), look());
      assert.ok((await scene.leaseOf(eve))?.aliveUntil, "Eve's disconnect was noticed");
    });

    it("looks into the room if a lease has expired", async () => {
      const dan = await scene.attendee("Dan");
      pass(scene.deps.presenceGraceMs - 1);
      assert.deepEqual(await requests(2), []);
      pass(1);
      assert.deepEqual(await requests(2), look());
      assert.equal((await scene.placeOf(dan))?.state, "lost");
    });

    it("corrects permissions that a failed call did not set in the room", async () => {
      const { deps, ada, showId } = scene;
      deps.rooms.setDown(true);
      await setRole(deps, as(ada), { showId, uid: eve.uid, role: "listener" });
      deps.rooms.setDown(false);
      assert.deepEqual(await requests(2), [...look(), `permit ${eve.uid} listener silence`]);
      pass(120 * SECOND);
      assert.deepEqual(await requests(2), look());
      pass(1);
      assert.deepEqual(await requests(2), []);
    });

    it("corrects them after a change of mode, and after one that was given up", async () => {
      const { deps, ada, showId } = scene;
      await setStageMode(deps, as(ada), { showId, mode: "music" });
      assert.deepEqual(await requests(2), look());
      pass(121 * SECOND);
      assert.deepEqual(await requests(2), []);
      await setStageMode(deps, as(ada), { showId, mode: "talk" });
      assert.deepEqual(await requests(2), look());
      pass(121 * SECOND);
      deps.rooms.setDown(true);
      const toMusic = setStageMode(deps, as(ada), { showId, mode: "music" });
      await assert.rejects(toMusic, { reason: "AUDIO_UNAVAILABLE" });
      deps.rooms.setDown(false);
      assert.deepEqual(await requests(2), look());
    });

    it("looks into the room while the stage is closing", async () => {
      const since = Timestamp.fromMillis(scene.deps.clock.now());
      await stageRef(firestore, scene.showId).update({ closing: { id: "underway", since } });
      assert.equal((await requests(2))[0], look()[0]);
    });
  });

  for (const status of showStatus.options.filter((each) => each !== "live")) {
    it(`closes the room of a show that is ${status}, and does not change its participants`, async () => {
      const dan = await scene.attendee("Dan");
      await connect(dan, "listener");
      await showRef(firestore, scene.showId).update({ status });
      pass(3_600 * SECOND);
      const before = await scene.everything();
      await sweep();
      assert.equal(inTheRoom(), undefined);
      assert.deepEqual(await scene.everything(), before);
    });
  }

  for (const status of ["draft", "scheduled"] as const) {
    it(`keeps a new room of a show that is ${status}, because it is being started`, async () => {
      const { deps, showId } = scene;
      await connect(scene.ada, "creator");
      await showRef(firestore, showId).update({ status });
      const madeAgo = (ms: number) => ({
        ...deps,
        rooms: {
          ...deps.rooms,
          look: async () => {
            const room = await deps.rooms.look(showId);
            return room && { ...room, since: deps.clock.now() - ms };
          },
        },
      });
      await sweepShow(madeAgo(60 * SECOND - 1), { showId });
      assert.ok(inTheRoom());
      await sweepShow(madeAgo(60 * SECOND), { showId });
      assert.equal(inTheRoom(), undefined);
    });
  }

  it("finishes the cleanup after the end of a show", async () => {
    const { deps, showId, ada } = scene;
    const asker = await scene.asker("Dan");
    await connect(asker, "listener");
    deps.rooms.setDown(true);
    await endShow(deps, as(ada), { showId });
    assert.equal((await scene.stage())?.cleanup, "pending");
    await assert.rejects(sweep(), { reason: "AUDIO_UNAVAILABLE" });
    deps.rooms.setDown(false);
    await sweep();
    assert.equal(inTheRoom(), undefined);
    assert.equal((await scene.stage())?.cleanup, null);
    assert.equal((await scene.requestOf(asker))?.status, "cancelled");
  });

  describe("of a minute", () => {
    const sweepOf = (plannedAt: number) =>
      sweepShow(scene.deps, { showId: scene.showId, plannedAt });

    it("does nothing if it comes after the next minute's", async () => {
      const { deps } = scene;
      await connect(scene.ada, "creator");
      await scene.attendee("Dan");
      const plannedAt = deps.clock.now();
      pass(60 * SECOND + 1);
      const before = await scene.everything();
      await sweepOf(plannedAt);
      assert.deepEqual(await scene.everything(), before);
      assert.deepEqual(deps.rooms.requests, []);
      await sweepOf(plannedAt + 1);
      assert.equal((await feed())?.audience.listeners, 1);
      assert.deepEqual(deps.rooms.requests, [`look ${scene.showId}`]);
    });

    it("does not ask a LiveKit that could not list its rooms, but does everything else", async () => {
      const { deps, showId } = scene;
      await scene.attendee("Dan");
      const plannedAt = deps.clock.now();
      await sweepShow(deps, { showId, plannedAt, isLivekitSilent: true });
      assert.deepEqual(deps.rooms.requests, []);
      pass(5 * SECOND);
      await sweepShow(deps, { showId, plannedAt, isLivekitSilent: true });
      assert.equal((await feed())?.audience.listeners, 1);
    });

    it("is repeated after a failure, but not because LiveKit does not answer", async () => {
      const { deps, ada, showId } = scene;
      deps.rooms.setDown(true);
      await sweepOf(deps.clock.now());
      assert.deepEqual(deps.rooms.requests, [`look ${showId}`]);
      await assert.rejects(sweep(), AggregateError);
      await participantRef(firestore, showId, ada.uid).update({ role: "mascot" });
      await assert.rejects(sweepOf(deps.clock.now()), AggregateError);
    });
  });

  it("ignores a room that belongs to no show", async () => {
    const { deps, ada } = scene;
    deps.rooms.connect("somebody-elses", ada.uid, { role: "speaker", canPublish: true }, 1);
    await sweepShow(deps, { showId: "somebody-elses" });
    assert.deepEqual(deps.rooms.requests, []);
  });

  it("needs equally few reads for a quiet show with 50 or 500 listeners", async () => {
    await connect(scene.ada, "creator");
    const readsWith = async (size: number, participants?: number) => {
      const uids = await crowdIn(firestore, scene.showId, size, null);
      for (const uid of uids) {
        scene.deps.rooms.connect(scene.showId, uid, { role: "listener", canPublish: false });
      }
      pass(60 * SECOND);
      await sweep();
      pass(180 * SECOND);
      const reads = countReads(firestore);
      await sweepShow(scene.deps, { showId: scene.showId, participants });
      assert.equal((await feed())?.audience.listeners, size, "everyone is still there");
      return reads.stop();
    };
    const few = await readsWith(50);
    assert.equal(await readsWith(500), few);
    // With 5,000 listeners, each of two counts costs 5 reads. The limit is 50 in total.
    assert.ok(few > 10 && few <= 40, `${few} reads`);
    assert.ok((await readsWith(500, 501)) < few, "and fewer if it need not look into the room");
  }).timeout(20_000);
});
