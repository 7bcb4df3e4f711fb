import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { liveShowRef, participantRef, showRef, summaryRef } from "../../src/collections.js";
import { removeParticipant } from "../../src/moderation/removeParticipant.js";
import { endShow } from "../../src/shows/endShow.js";
import { handOver } from "../../src/shows/handOver.js";
import { setRole } from "../../src/stage/setRole.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { callAgain } from "../support/callAgain.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

const SECOND = 1_000;
/** The value that `showEdges` sets. */
const GRACE = 300 * SECOND;

describe("handOver", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
    assert.equal(scene.deps.hostGraceMs, GRACE);
  });

  const look = () => handOver(scene.deps, scene.showId);
  const pass = (ms: number) => {
    scene.deps.clock.advance(ms);
  };
  const leave = (person: Person) => leaveShow(scene.deps, as(person), { showId: scene.showId });
  const join = (person: Person) => joinShow(scene.deps, as(person), { showId: scene.showId });
  const leader = async () => (await scene.show())?.hostUid;
  /** A cohost whose `joinedAt` follows the order of the calls. */
  const cohostWhoComes = (name: string) => {
    pass(SECOND);
    return scene.cohost(name);
  };

  it("keeps the creator as leader while they are present, and writes nothing", async () => {
    await scene.cohost("Ben");
    pass(10 * GRACE);
    const before = await scene.everything();
    await look();
    assert.deepEqual(await scene.everything(), before);
  });

  for (const [gone, when] of [
    [0, "just now"],
    [299 * SECOND, "299 s ago"],
    [GRACE - 1, "a millisecond less than 300 s ago"],
  ] as const) {
    it(`waits for a creator who left ${when}`, async () => {
      await scene.cohost("Ben");
      await leave(scene.ada);
      pass(gone);
      const before = await scene.everything();
      await look();
      assert.deepEqual(await scene.everything(), before);
    });
  }

  for (const gone of [GRACE, 301 * SECOND]) {
    it(`hands over to the cohost who joined first when the creator left ${gone / SECOND} s ago`, async () => {
      const ben = await cohostWhoComes("Ben");
      await cohostWhoComes("Bo");
      await leave(scene.ada);
      pass(gone);
      await look();
      assert.equal(await leader(), ben.uid);
      assert.deepEqual(
        (await scene.show())?.updatedAt,
        Timestamp.fromMillis(scene.deps.clock.now()),
      );
      assert.equal((await scene.show())?.status, "live");
      assert.equal((await scene.placeOf(ben))?.role, "cohost");
    });
  }

  it("skips absent cohosts and everyone who is not a cohost", async () => {
    const gone = { role: "cohost", canPublish: true } as const;
    await scene.attendee("Left", { ...gone, state: "left" });
    await scene.attendee("Removed", { ...gone, state: "removed" });
    await scene.speaker("Eve");
    await scene.attendee("Invited", { invitedTo: "cohost" });
    const ben = await cohostWhoComes("Ben");
    await leave(scene.ada);
    pass(GRACE);
    await look();
    assert.equal(await leader(), ben.uid);
  });

  it("does not change the leading cohost on later calls", async () => {
    await cohostWhoComes("Ben");
    await leave(scene.ada);
    pass(GRACE);
    await look();
    // Bo joined earlier than Ben but became cohost later.
    await scene.attendee("Bo", {
      role: "cohost",
      canPublish: true,
      joinedAt: Timestamp.fromMillis(scene.deps.clock.now() - 10 * GRACE),
    });
    const before = await scene.everything();
    pass(10 * GRACE);
    await look();
    assert.deepEqual(await scene.everything(), before);
  });

  it("gives the lead back to the creator when they rejoin, and not before", async () => {
    const ben = await cohostWhoComes("Ben");
    await leave(scene.ada);
    pass(GRACE);
    await look();
    pass(GRACE);
    await look();
    assert.equal(await leader(), ben.uid);
    assert.equal((await join(scene.ada)).role, "creator");
    assert.equal(await leader(), scene.ada.uid);
    await look();
    assert.equal(await leader(), scene.ada.uid);
  });

  it("counts the grace period from the creator's last departure", async () => {
    await scene.cohost("Ben");
    await leave(scene.ada);
    pass(200 * SECOND);
    await join(scene.ada);
    await leave(scene.ada);
    pass(200 * SECOND);
    await look();
    assert.equal(await leader(), scene.ada.uid);
    pass(100 * SECOND);
    await look();
    assert.notEqual(await leader(), scene.ada.uid);
  });

  it("hands over to the second cohost when the first is gone for the grace period", async () => {
    const ben = await cohostWhoComes("Ben");
    const bo = await cohostWhoComes("Bo");
    await leave(scene.ada);
    pass(GRACE);
    await look();
    pass(GRACE);
    await leave(ben);
    await look();
    pass(299 * SECOND);
    await look();
    assert.equal(await leader(), ben.uid);
    pass(SECOND);
    await look();
    assert.equal(await leader(), bo.uid);
  });

  it("does not wait for a leader who was demoted", async () => {
    const { deps, showId, ada } = scene;
    const ben = await cohostWhoComes("Ben");
    const bo = await cohostWhoComes("Bo");
    await leave(ada);
    pass(GRACE);
    await look();
    await setRole(deps, as(ada), { showId, uid: ben.uid, role: "speaker" });
    await look();
    assert.equal(await leader(), bo.uid);
  });

  it("waits for a leader who was removed, as for one who left", async () => {
    const { deps, showId, ada } = scene;
    const ben = await cohostWhoComes("Ben");
    const bo = await cohostWhoComes("Bo");
    await leave(ada);
    pass(GRACE);
    await look();
    await removeParticipant(deps, as(ada), { showId, uid: ben.uid });
    pass(GRACE - 1);
    await look();
    assert.equal(await leader(), ben.uid);
    pass(1);
    await look();
    assert.equal(await leader(), bo.uid);
  });

  describe("without a cohost", () => {
    it("ends the show after the grace period, with a summary and without blocking the creator's next show", async () => {
      const { deps, showId, ada } = scene;
      const [eve, dan] = await Promise.all([scene.speaker("Eve"), scene.attendee("Dan")]);
      deps.rooms.connect(showId, eve.uid, { role: "speaker", canPublish: true }, 1);
      await leave(ada);
      deps.rooms.requests.length = 0;
      pass(GRACE - 1);
      await look();
      assert.equal((await scene.show())?.status, "live");

      pass(1);
      await look();
      const show = await scene.show();
      assert.deepEqual(
        [show?.status, show?.endReason, show?.endedAt],
        ["ended", "host_left", Timestamp.fromMillis(deps.clock.now())],
      );
      const summary = (await summaryRef(firestore, showId).get()).data();
      assert.partialDeepStrictEqual(summary, { durationMs: GRACE, listeners: 2, speakers: 2 });
      assert.equal((await liveShowRef(firestore, ada.uid).get()).exists, false);
      assert.deepEqual(deps.rooms.requests, [`close ${showId}`]);
      // Those who were present can still read.
      for (const person of [eve, dan]) {
        assert.equal((await scene.placeOf(person))?.state, "present");
      }
    });

    it("ends the show once when called several times at once", async () => {
      await leave(scene.ada);
      pass(GRACE);
      await Promise.all(Array.from({ length: 5 }, () => callAgain(look)));
      const ended = await scene.everything();
      pass(GRACE);
      await look();
      assert.deepEqual(await scene.everything(), ended);
    }).timeout(60_000);

    it("ends the show when its last possible leader is gone", async () => {
      const ben = await cohostWhoComes("Ben");
      await leave(scene.ada);
      pass(GRACE);
      await look();
      await leave(ben);
      pass(GRACE);
      await look();
      assert.equal((await scene.show())?.endReason, "host_left");
    });

    it("asks for a sweep when the room does not answer", async () => {
      const { deps, showId, ada } = scene;
      await leave(ada);
      pass(GRACE);
      deps.queued.sweepShow.length = 0;
      deps.rooms.setDown(true);
      await look();
      assert.equal((await scene.show())?.status, "ended");
      assert.deepEqual(deps.requestedSweeps(), [showId]);
    });

    it("either lets a returning creator lead, or tells them that the show is over", async () => {
      await leave(scene.ada);
      pass(GRACE);
      const [, joined] = await Promise.allSettled([
        callAgain(look),
        callAgain(() => join(scene.ada)),
      ]);
      const show = await scene.show();
      if (joined.status === "fulfilled") {
        assert.deepEqual([show?.status, show?.hostUid], ["live", scene.ada.uid]);
      } else {
        assert.equal(show?.status, "ended");
        assert.notEqual((await scene.placeOf(scene.ada))?.state, "present");
      }
    }).timeout(60_000);
  });

  it("lets only the current leader end the show", async () => {
    const { deps, showId, ada } = scene;
    const [ben, bo] = [await cohostWhoComes("Ben"), await cohostWhoComes("Bo")];
    await leave(ada);
    pass(GRACE);
    await look();
    await assert.rejects(endShow(deps, as(bo), { showId }), { reason: "NOT_HOST" });
    await join(ada);
    await assert.rejects(endShow(deps, as(ben), { showId }), { reason: "NOT_HOST" });
    await leave(ada);
    pass(GRACE);
    await look();
    assert.equal((await endShow(deps, as(ben), { showId })).status, "ended");
    assert.equal((await scene.show())?.endReason, "ended_by_host");
  });

  it("changes nothing after the end of the show", async () => {
    const { deps, showId, ada } = scene;
    await scene.cohost("Ben");
    await leave(ada);
    await endShow(deps, as(ada), { showId });
    const ended = await scene.everything();
    pass(GRACE);
    await look();
    await handOver(deps, "no-such-show");
    assert.deepEqual(await scene.everything(), ended);
  });

  it("treats a show without hostUid as led by its creator", async () => {
    const { showId, ada } = scene;
    const { hostUid, ...show } = (await scene.show()) ?? assert.fail();
    assert.equal(hostUid, ada.uid);
    await showRef(firestore, showId).set(show);
    await look();
    await participantRef(firestore, showId, ada.uid).delete();
    await look();
    assert.equal((await scene.show())?.endReason, "host_left");
  });
});
