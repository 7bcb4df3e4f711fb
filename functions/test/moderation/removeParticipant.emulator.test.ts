import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { refreshAudio } from "../../src/audio/refreshAudio.js";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { banRef, songRequestRef, songVotesRef } from "../../src/collections.js";
import { removeParticipant } from "../../src/moderation/removeParticipant.js";
import { quietFirestore, somebody, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { callAgain } from "../support/callAgain.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

describe("removeParticipant", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore);
  });

  const remove = (host: Person, { uid }: Person, ban?: boolean) =>
    removeParticipant(scene.deps, as(host), {
      showId: scene.showId,
      uid,
      ...(ban !== undefined && { ban }),
    });
  const banOf = async ({ uid }: Person) =>
    (await banRef(firestore, scene.showId, uid).get()).data();
  const song = (id: string, { uid }: Person, status: "open" | "accepted") =>
    songRequestRef(firestore, scene.showId, id).set({
      track: {
        uri: `spotify:track:${id}`,
        name: "Some Song",
        artists: ["The Low Tides"],
        durationMs: 1_000,
        imageUrl: null,
        explicit: false,
      },
      requestedBy: uid,
      createdAt: now(),
      status,
      decidedAt: null,
      decidedBy: null,
    });
  const votes = ({ uid }: Person, requestIds: string[]) =>
    songVotesRef(firestore, scene.showId, uid).set({ requestIds, at: now() });
  const now = () => Timestamp.fromMillis(scene.deps.clock.now());

  it("removes a person from the show and the room", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.speaker("Dan");
    deps.rooms.connect(showId, dan.uid, { role: "speaker", canPublish: true }, 1);
    assert.deepEqual(await remove(ada, dan), {});
    const place = await scene.placeOf(dan);
    assert.deepEqual(
      [place?.state, place?.leftAt, place?.role, place?.canPublish, place?.invitedTo],
      ["removed", now(), "listener", false, null],
    );
    assert.equal(await banOf(dan), undefined);
    assert.deepEqual(deps.rooms.requests, [`remove ${dan.uid}`]);
    assert.equal(deps.rooms.rooms.get(showId)?.has(dan.uid), false);
  });

  for (const ban of [undefined, false, true]) {
    it(`gives the same answer on a retry and writes nothing (ban: ${ban})`, async () => {
      const [dan, ben] = await Promise.all([scene.attendee("Dan"), scene.cohost("Ben")]);
      await remove(scene.ada, dan, ban);
      const removed = await scene.everything();
      scene.deps.clock.advance(5_000);
      assert.deepEqual(await remove(scene.ada, dan, ban), {});
      assert.deepEqual(await remove(ben, dan, ban), {});
      assert.deepEqual(await scene.everything(), removed);
    });
  }

  it("lets a removed person come back as a listener", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.speaker("Dan");
    await remove(ada, dan);
    await assert.rejects(refreshAudio(deps, as(dan), { showId }), { reason: "NOT_PARTICIPANT" });
    await assert.rejects(leaveShow(deps, as(dan), { showId }), { reason: "NOT_PARTICIPANT" });
    assert.equal((await joinShow(deps, as(dan), { showId })).role, "listener");
  });

  it("keeps a banned person out", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.attendee("Dan");
    await remove(ada, dan, true);
    assert.deepEqual(await banOf(dan), { uid: dan.uid, by: ada.uid, at: now(), reason: null });
    const banned = await scene.everything();
    for (const call of [joinShow, refreshAudio]) {
      await assert.rejects(call(deps, as(dan), { showId }), { reason: "BANNED" });
    }
    assert.deepEqual(await scene.everything(), banned);
  });

  for (const ban of [false, true]) {
    it(`deletes the person's open song requests and votes, and nothing else (ban: ${ban})`, async () => {
      const { ada, deps, showId } = scene;
      const [dan, eve] = await Promise.all([scene.attendee("Dan"), scene.attendee("Eve")]);
      const songs = { open: "A", accepted: "B", hers: "C" };
      await Promise.all([
        song(songs.open, dan, "open"),
        song(songs.accepted, dan, "accepted"),
        song(songs.hers, eve, "open"),
        votes(dan, [songs.open, songs.hers]),
        votes(eve, [songs.hers]),
      ]);
      await leaveShow(deps, as(dan), { showId });
      if (!ban) await joinShow(deps, as(dan), { showId });
      await remove(ada, dan, ban);
      const left = await firestore.getAll(
        ...Object.values(songs).map((id) => songRequestRef(firestore, showId, id)),
        ...[dan, eve].map(({ uid }) => songVotesRef(firestore, showId, uid)),
      );
      assert.deepEqual(
        left.map(({ exists }) => exists),
        [false, true, true, false, true],
      );
    });
  }

  it("bans someone who never joined", async () => {
    const { ada, deps, showId } = scene;
    const hal = await somebody("Hal", firestore);
    await remove(ada, hal, true);
    assert.equal((await banOf(hal))?.by, ada.uid);
    assert.equal(await scene.placeOf(hal), undefined);
    await assert.rejects(joinShow(deps, as(hal), { showId }), { reason: "BANNED" });
    assert.equal(await scene.placeOf(hal), undefined);
  });

  it("bans someone who has left, and keeps the time they left", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.attendee("Dan");
    await leaveShow(deps, as(dan), { showId });
    const leftAt = now();
    deps.clock.advance(10_000);
    await remove(ada, dan, true);
    const place = await scene.placeOf(dan);
    assert.deepEqual([place?.state, place?.leftAt], ["removed", leftAt]);
    await assert.rejects(joinShow(deps, as(dan), { showId }), { reason: "BANNED" });
  });

  it("does not change someone who has left, without a ban", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.attendee("Dan");
    await leaveShow(deps, as(dan), { showId });
    const before = await scene.everything();
    assert.deepEqual(await remove(ada, dan), {});
    assert.deepEqual(await scene.everything(), before);
  });

  it("bans someone who was already removed", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.attendee("Dan");
    await remove(ada, dan);
    await remove(ada, dan, true);
    await assert.rejects(joinShow(deps, as(dan), { showId }), { reason: "BANNED" });
  });

  it("does not lift a ban when called without one", async () => {
    const { ada } = scene;
    const dan = await scene.attendee("Dan");
    await remove(ada, dan, true);
    await remove(ada, dan, false);
    assert.ok(await banOf(dan));
  });

  it("refuses someone who never joined, without a ban", async () => {
    const hal = await somebody("Hal", firestore);
    const before = await scene.everything();
    await assert.rejects(remove(scene.ada, hal), { reason: "NOT_PARTICIPANT" });
    assert.deepEqual(await scene.everything(), before);
  });

  it("asks for a sweep when the room does not answer", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.attendee("Dan");
    deps.rooms.setDown(true);
    assert.deepEqual(await remove(ada, dan, true), {});
    assert.equal((await scene.placeOf(dan))?.state, "removed");
    assert.deepEqual(deps.requestedSweeps(), [showId]);
  });

  it("does not disconnect someone who rejoined before the room was called", async () => {
    const { ada, deps, showId } = scene;
    const dan = await scene.attendee("Dan");
    deps.rooms.beforeRequest(async (what) => {
      if (what.startsWith("remove")) await joinShow(deps, as(dan), { showId });
    });
    await remove(ada, dan);
    assert.deepEqual(deps.rooms.requests, [
      `remove ${dan.uid}`,
      `permit ${dan.uid} listener silence`,
    ]);
  });

  it("keeps a banned person out even if they join at the same moment", async () => {
    const { ada, deps, showId } = scene;
    const hal = await somebody("Hal", firestore);
    const [joined] = await Promise.allSettled([
      callAgain(() => joinShow(deps, as(hal), { showId })),
      callAgain(() => remove(ada, hal, true)),
    ]);
    const place = await scene.placeOf(hal);
    assert.equal(place?.state, joined.status === "fulfilled" ? "removed" : undefined);
    assert.ok(await banOf(hal));
  });
});
