import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { convergePerson } from "../../src/audio/convergePerson.js";
import { refreshAudio } from "../../src/audio/refreshAudio.js";
import { joinShow } from "../../src/audience/joinShow.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { playbackRef } from "../../src/collections.js";
import { startingPlayback } from "../../src/contract/startingPlayback.js";
import { acceptInvitation } from "../../src/stage/acceptInvitation.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

describe("acceptInvitation", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore, { maxSpeakers: 1 });
  });

  const accept = (person: Person) =>
    acceptInvitation(scene.deps, as(person), { showId: scene.showId });
  const speaking = { provider: "none", canPublish: true } as const;

  for (const role of ["speaker", "cohost"] as const) {
    it(`makes an invited listener a ${role} and updates the room`, async () => {
      const { ada, deps } = scene;
      const dan = await scene.attendee("Dan", { invitedTo: role });
      deps.rooms.connect(scene.showId, dan.uid, { role: "listener", canPublish: false });
      assert.deepEqual(await accept(dan), { role, audio: speaking });
      const place = await scene.placeOf(dan);
      assert.deepEqual([place?.role, place?.canPublish, place?.invitedTo], [role, true, null]);
      assert.deepEqual(deps.rooms.requests, [`permit ${dan.uid} ${role} sound`]);
      assert.deepEqual((await scene.stage())?.spoke, [ada.uid, dan.uid]);
    });

    it(`gives an accepted ${role} the same answer on a retry, and writes nothing`, async () => {
      const dan = await scene.attendee("Dan", { invitedTo: role });
      const answer = await accept(dan);
      const accepted = await scene.everything();
      assert.deepEqual(await accept(dan), answer);
      assert.deepEqual(await scene.everything(), accepted);
    });

    it(`is required to publish as a ${role}: no token allows it before`, async () => {
      const { deps, showId } = scene;
      const dan = await scene.attendee("Dan", { invitedTo: role });
      deps.rooms.connect(showId, dan.uid, { role: "listener", canPublish: true }, 1);
      for (const { audio } of [
        await joinShow(deps, as(dan), { showId }),
        await refreshAudio(deps, as(dan), { showId }),
      ]) {
        assert.equal(audio.canPublish, false);
      }
      await convergePerson(deps, showId, dan.uid);
      assert.equal(deps.rooms.rooms.get(showId)?.get(dan.uid)?.canPublish, false);
    });
  }

  it("makes a speaker a cohost and frees their seat", async () => {
    const eve = await scene.attendee("Eve", {
      role: "speaker",
      canPublish: true,
      invitedTo: "cohost",
    });
    const dan = await scene.attendee("Dan", { invitedTo: "speaker" });
    await assert.rejects(accept(dan), { reason: "SPEAKER_LIMIT" });
    assert.equal((await accept(eve)).role, "cohost");
    assert.equal((await accept(dan)).role, "speaker");
  });

  it("keeps the invitation while the stage is full, and returns the number of seats", async () => {
    const [dan] = await Promise.all([
      scene.attendee("Dan", { invitedTo: "speaker" }),
      scene.speaker("Eve"),
    ]);
    const before = await scene.everything();
    await assert.rejects(accept(dan), { reason: "SPEAKER_LIMIT", details: { maxSpeakers: 1 } });
    assert.deepEqual(await scene.everything(), before);
  });

  it("makes a cohost while the stage is full, because cohosts take no seat", async () => {
    const [dan] = await Promise.all([
      scene.attendee("Dan", { invitedTo: "cohost" }),
      scene.speaker("Eve"),
    ]);
    assert.equal((await accept(dan)).role, "cohost");
  });

  it("is refused for someone who left and rejoined after the invitation", async () => {
    const { deps, showId } = scene;
    const dan = await scene.attendee("Dan", { invitedTo: "cohost" });
    await leaveShow(deps, as(dan), { showId });
    await joinShow(deps, as(dan), { showId });
    const before = await scene.everything();
    await assert.rejects(accept(dan), { reason: "NOT_INVITED" });
    assert.deepEqual(await scene.everything(), before);
  });

  it("is refused for someone absent, regardless of their document", async () => {
    for (const state of ["left", "removed"] as const) {
      const dan = await scene.attendee("Dan", { state, invitedTo: "cohost" });
      await assert.rejects(accept(dan), { reason: "NOT_PARTICIPANT" });
      assert.equal((await scene.placeOf(dan))?.role, "listener");
    }
  });

  it("gives the role without sound during music", async () => {
    const { ada, deps, showId } = scene;
    await playbackRef(firestore, showId).set(
      startingPlayback(undefined, 0, ada.uid, Timestamp.fromMillis(deps.clock.now()), 1),
    );
    const dan = await scene.attendee("Dan", { invitedTo: "speaker" });
    deps.rooms.connect(showId, dan.uid, { role: "listener", canPublish: false });
    assert.deepEqual(await accept(dan), {
      role: "speaker",
      audio: { provider: "none", canPublish: false },
    });
    assert.deepEqual(deps.rooms.requests, [`permit ${dan.uid} speaker silence`]);
  });

  it("asks for a sweep when the room does not answer", async () => {
    const { deps, showId } = scene;
    const dan = await scene.attendee("Dan", { invitedTo: "speaker" });
    deps.rooms.setDown(true);
    assert.equal((await accept(dan)).role, "speaker");
    assert.deepEqual(deps.requestedSweeps(), [showId]);
  });
});
