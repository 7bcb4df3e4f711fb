import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { playbackRef } from "../../src/collections.js";
import { Refusal } from "../../src/errors.js";
import { startingPlayback } from "../../src/contract/startingPlayback.js";
import { decideSpeakRequest } from "../../src/stage/decideSpeakRequest.js";
import { setRole } from "../../src/stage/setRole.js";
import { quietFirestore, somebody, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { callAgain } from "../support/callAgain.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

describe("decideSpeakRequest", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore, { maxSpeakers: 2 });
  });

  const decide = (host: Person, { uid }: Person, decision: "accept" | "reject") =>
    decideSpeakRequest(scene.deps, as(host), { showId: scene.showId, uid, decision });
  const decidedAt = () => Timestamp.fromMillis(scene.deps.clock.now());

  it("makes a speaker of an accepted listener and updates the room", async () => {
    const { ada, showId, deps } = scene;
    const dan = await scene.asker("Dan");
    deps.rooms.connect(showId, dan.uid, { role: "listener", canPublish: false });
    assert.deepEqual(await decide(ada, dan, "accept"), { status: "accepted", role: "speaker" });

    assert.partialDeepStrictEqual(await scene.placeOf(dan), {
      role: "speaker",
      canPublish: true,
      state: "present",
      invitedTo: null,
    });
    const request = await scene.requestOf(dan);
    assert.deepEqual(
      [request?.status, request?.decidedAt, request?.decidedBy],
      ["accepted", decidedAt(), ada.uid],
    );
    assert.deepEqual(deps.rooms.requests, [`permit ${dan.uid} speaker sound`]);
    assert.equal(deps.rooms.rooms.get(showId)?.get(dan.uid)?.canPublish, true);
  });

  it("leaves a rejected listener unchanged, and makes no call to the room", async () => {
    const { ada, deps } = scene;
    const dan = await scene.asker("Dan");
    const place = await scene.placeOf(dan);
    assert.deepEqual(await decide(ada, dan, "reject"), { status: "rejected", role: "listener" });

    assert.deepEqual(await scene.placeOf(dan), place);
    const request = await scene.requestOf(dan);
    assert.deepEqual(
      [request?.status, request?.decidedAt, request?.decidedBy],
      ["rejected", decidedAt(), ada.uid],
    );
    assert.deepEqual(deps.rooms.requests, []);
  });

  it("lets a speaker be heard whose acceptance crashed before it updated the room", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.speaker("Dan");
    await scene.request(dan, { status: "accepted" });
    deps.rooms.connect(showId, dan.uid, { role: "listener", canPublish: false });
    assert.deepEqual(await decide(ada, dan, "accept"), { status: "accepted", role: "speaker" });
    assert.equal(deps.rooms.rooms.get(showId)?.get(dan.uid)?.canPublish, true);
  });

  it("keeps the request's message", async () => {
    const dan = await scene.attendee("Dan");
    await scene.request(dan, { message: "About the second song" });
    await decide(scene.ada, dan, "accept");
    assert.equal((await scene.requestOf(dan))?.message, "About the second song");
  });

  for (const decision of ["accept", "reject"] as const) {
    it(`gives a repeated ${decision} the same answer from any host, and writes nothing`, async () => {
      const [dan, ben] = await Promise.all([scene.asker("Dan"), scene.cohost("Ben")]);
      const answer = await decide(scene.ada, dan, decision);
      const decided = await scene.everything();
      scene.deps.clock.advance(5_000);
      assert.deepEqual(await decide(scene.ada, dan, decision), answer);
      assert.deepEqual(await decide(ben, dan, decision), answer);
      assert.deepEqual(await scene.everything(), decided);
    });

    it(`does not ${decision} a request with the opposite decision`, async () => {
      const dan = await scene.asker("Dan");
      const [first, status] =
        decision === "accept"
          ? (["reject", "rejected"] as const)
          : (["accept", "accepted"] as const);
      await decide(scene.ada, dan, first);
      const decided = await scene.everything();
      await assert.rejects(decide(scene.ada, dan, decision), {
        reason: "REQUEST_NOT_PENDING",
        details: { status },
      });
      assert.deepEqual(await scene.everything(), decided);
    });

    it(`does not ${decision} a cancelled request`, async () => {
      const dan = await scene.attendee("Dan");
      await scene.request(dan, { status: "cancelled" });
      const before = await scene.everything();
      await assert.rejects(decide(scene.ada, dan, decision), {
        reason: "REQUEST_NOT_PENDING",
        details: { status: "cancelled" },
      });
      assert.deepEqual(await scene.everything(), before);
    });

    it(`does not ${decision} a request that was never made`, async () => {
      const dan = await scene.attendee("Dan");
      const before = await scene.everything();
      await assert.rejects(decide(scene.ada, dan, decision), {
        reason: "REQUEST_NOT_PENDING",
        details: {},
      });
      assert.deepEqual(await scene.everything(), before);
    });

    for (const [how, place] of [
      ["left", { state: "left" }],
      ["was removed", { state: "removed" }],
      ["already speaks", { role: "speaker", canPublish: true }],
      ["was invited meanwhile", { invitedTo: "speaker" }],
    ] as const) {
      it(`does not ${decision} a pending request of someone who ${how}`, async () => {
        const dan = await scene.attendee("Dan", place);
        await scene.request(dan);
        const before = await scene.everything();
        await assert.rejects(decide(scene.ada, dan, decision), {
          reason: "REQUEST_NOT_PENDING",
          details: { status: "pending" },
        });
        assert.deepEqual(await scene.everything(), before);
      });
    }

    it(`does not ${decision} a request of someone who never joined`, async () => {
      const dan = await somebody("Dan", firestore);
      await scene.request(dan);
      await assert.rejects(decide(scene.ada, dan, decision), { reason: "REQUEST_NOT_PENDING" });
      assert.equal((await scene.requestOf(dan))?.status, "pending");
      assert.equal(await scene.placeOf(dan), undefined);
    });
  }

  it("does not restore an acceptance that has ended: the listener must ask again", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.asker("Dan");
    await decide(ada, dan, "accept");
    await setRole(deps, as(ada), { showId, uid: dan.uid, role: "listener" });
    await assert.rejects(decide(ada, dan, "accept"), {
      reason: "REQUEST_NOT_PENDING",
      details: { status: "cancelled" },
    });
    assert.equal((await scene.placeOf(dan))?.role, "listener");
  });

  it("accepts nobody while the stage is full, and returns the number of seats", async () => {
    const { ada } = scene;
    const [dan] = await Promise.all([
      scene.asker("Dan"),
      scene.speaker("Eve"),
      scene.speaker("Fay"),
    ]);
    const before = await scene.everything();
    await assert.rejects(decide(ada, dan, "accept"), {
      reason: "SPEAKER_LIMIT",
      details: { maxSpeakers: 2 },
    });
    assert.deepEqual(await scene.everything(), before);
    assert.deepEqual(scene.deps.rooms.requests, []);
    assert.equal((await decide(ada, dan, "reject")).status, "rejected");
  });

  it("does not count hosts, invited listeners or absent speakers as speakers", async () => {
    const [dan] = await Promise.all([
      scene.asker("Dan"),
      scene.speaker("Eve"),
      scene.cohost("Ben"),
      scene.attendee("Gus", { invitedTo: "speaker" }),
      scene.attendee("Hal", { state: "left", role: "speaker", canPublish: true }),
    ]);
    assert.equal((await decide(scene.ada, dan, "accept")).role, "speaker");
  });

  it("accepts requests that were made before requests were closed", async () => {
    scene = await liveScene(firestore, { speakRequestsOpen: false });
    const dan = await scene.asker("Dan");
    assert.equal((await decide(scene.ada, dan, "accept")).status, "accepted");
  });

  it("lets the creator decide while absent", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.asker("Dan");
    await leaveShow(deps, as(ada), { showId });
    assert.equal((await scene.placeOf(ada))?.state, "left");
    assert.equal((await decide(ada, dan, "accept")).status, "accepted");
  });

  it("makes a speaker without sound during music", async () => {
    const { ada, deps, showId } = scene;
    await playbackRef(firestore, showId).set(
      startingPlayback(undefined, 0, ada.uid, Timestamp.fromMillis(deps.clock.now()), 1),
    );
    const dan = await scene.asker("Dan");
    deps.rooms.connect(showId, dan.uid, { role: "listener", canPublish: false });
    assert.equal((await decide(ada, dan, "accept")).role, "speaker");
    assert.deepEqual(deps.rooms.requests, [`permit ${dan.uid} speaker silence`]);
  });

  it("asks for a sweep when the room does not answer", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.asker("Dan");
    deps.rooms.setDown(true);
    assert.deepEqual(await decide(ada, dan, "accept"), { status: "accepted", role: "speaker" });
    assert.equal((await scene.placeOf(dan))?.role, "speaker");
    assert.deepEqual(deps.requestedSweeps(), [showId]);
  });

  it("keeps the decision even if no task can be enqueued", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.asker("Dan");
    deps.rooms.setDown(true);
    const mute = { ...deps, roomTasks: { enqueue: () => Promise.reject(new Error("mute")) } };
    const request = { showId, uid: dan.uid, decision: "accept" } as const;
    assert.equal((await decideSpeakRequest(mute, as(ada), request)).status, "accepted");
  });

  it("is decided once when many hosts decide both ways at the same time", async () => {
    const [dan, ben] = await Promise.all([scene.asker("Dan"), scene.cohost("Ben")]);
    const outcomeOf = async (host: Person, decision: "accept" | "reject") => {
      try {
        return (await callAgain(() => decide(host, dan, decision))).status;
      } catch (error) {
        assert.ok(error instanceof Refusal, String(error));
        return `${error.reason}, ${error.details.status}`;
      }
    };
    const outcomes = await Promise.all(
      Array.from({ length: 3 }, () =>
        Promise.all([outcomeOf(scene.ada, "accept"), outcomeOf(ben, "reject")]),
      ),
    );
    const request = await scene.requestOf(dan);
    const isAccepted = request?.status === "accepted";
    const asExpected = isAccepted
      ? ["accepted", "REQUEST_NOT_PENDING, accepted"]
      : ["REQUEST_NOT_PENDING, rejected", "rejected"];
    assert.deepEqual(
      outcomes,
      Array.from({ length: 3 }, () => asExpected),
    );
    assert.equal(request?.decidedBy, isAccepted ? scene.ada.uid : ben.uid);
    assert.equal((await scene.placeOf(dan))?.canPublish, isAccepted);
    assert.equal((await scene.stage())?.seating, isAccepted ? 1 : 0);
  }).timeout(120_000);
});
