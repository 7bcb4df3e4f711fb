import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { joinShow } from "../../src/audience/joinShow.js";
import { clientConfigRef } from "../../src/collections.js";
import { leaveShow } from "../../src/audience/leaveShow.js";
import { markLost } from "../../src/audience/markLost.js";
import type { ParticipantDocument } from "../../src/contract/audience.js";
import { removeParticipant } from "../../src/moderation/removeParticipant.js";
import { handOver } from "../../src/shows/handOver.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { callAgain } from "../support/callAgain.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

describe("rejoining after a network loss", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore, { maxSpeakers: 1 });
  });

  const join = (person: Person) => joinShow(scene.deps, as(person), { showId: scene.showId });
  const lose = async (person: Person) => {
    await scene.lease(person, scene.deps.clock.now());
    await markLost(scene.deps, scene.showId, person.uid);
    assert.equal((await scene.placeOf(person))?.state, "lost");
  };

  for (const [role, place] of [
    ["listener", {}],
    ["listener", { invitedTo: "speaker" }],
    ["speaker", { role: "speaker", canPublish: true }],
    ["cohost", { role: "cohost", canPublish: true }],
  ] as const satisfies (readonly [string, Partial<ParticipantDocument>])[]) {
    it(`makes ${JSON.stringify(place)} a ${role} with a lease`, async () => {
      const dan = await scene.attendee("Dan", place);
      await lose(dan);
      const answer = await join(dan);
      const canPublish = role !== "listener";
      assert.deepEqual([answer.role, answer.audio.canPublish], [role, canPublish]);
      assert.partialDeepStrictEqual(await scene.placeOf(dan), {
        state: "present",
        role,
        canPublish,
        invitedTo: null,
        leftAt: null,
      });
      const { deps } = scene;
      const aliveUntil = (await scene.leaseOf(dan))?.aliveUntil?.toMillis();
      assert.equal(aliveUntil, deps.clock.now() + deps.presenceGraceMs);
    });
  }

  for (const role of ["speaker", "cohost"] as const) {
    it(`makes a ${role} a listener if there are new terms to accept`, async () => {
      const dan = await scene.attendee("Dan", { role, canPublish: true });
      await lose(dan);
      // As an operator writes it by hand: the other fields have defaults.
      await firestore.doc("config/client").set({ termsVersion: 2 });
      try {
        const answer = await join(dan);
        assert.deepEqual([answer.role, answer.audio.canPublish], ["listener", false]);
        assert.equal((await scene.placeOf(dan))?.hasAcceptedTerms, false);
      } finally {
        await clientConfigRef(firestore).delete();
      }
    });
  }

  it("makes a speaker a listener if their seat is taken", async () => {
    const dan = await scene.speaker("Dan");
    await lose(dan);
    await scene.speaker("Eve");
    const answer = await join(dan);
    assert.deepEqual([answer.role, answer.audio.canPublish], ["listener", false]);
    assert.partialDeepStrictEqual(await scene.placeOf(dan), {
      role: "listener",
      canPublish: false,
    });
  });

  it("gives the only seat to one of two who rejoin at once", async () => {
    const people = [await scene.speaker("Dan"), await scene.speaker("Eve")];
    for (const person of people) await lose(person);
    const answers = await Promise.all(people.map((person) => callAgain(() => join(person))));
    assert.deepEqual(answers.map(({ role }) => role).sort(), ["listener", "speaker"]);
    const places = await Promise.all(people.map(scene.placeOf));
    assert.equal(places.filter((place) => place?.canPublish).length, 1);
  }).timeout(60_000);

  it("does not restore the role of someone who then left or was removed", async () => {
    const [ben, dan] = await Promise.all([scene.cohost("Ben"), scene.speaker("Dan")]);
    await lose(ben);
    await lose(dan);
    const { deps, showId, ada } = scene;
    await leaveShow(deps, as(ben), { showId });
    await removeParticipant(deps, as(ada), { showId, uid: dan.uid });
    for (const person of [ben, dan]) assert.equal((await join(person)).role, "listener");
  });

  it("gives the creator back the stage and the lead", async () => {
    const ben = await scene.cohost("Ben");
    await lose(scene.ada);
    scene.deps.clock.advance(scene.deps.hostGraceMs);
    await handOver(scene.deps, scene.showId);
    assert.equal((await scene.show())?.hostUid, ben.uid);
    const { role, audio } = await join(scene.ada);
    assert.deepEqual([role, audio.canPublish], ["creator", true]);
    assert.equal((await scene.show())?.hostUid, scene.ada.uid);
  });

  it("makes no call to LiveKit or a task queue for a join or a leave", async () => {
    const { deps, showId } = scene;
    const dan = await scene.attendee("Dan", { state: "left" });
    deps.rooms.setDown(true);
    await join(dan);
    await leaveShow(deps, as(dan), { showId });
    assert.deepEqual(deps.rooms.requests, []);
    assert.deepEqual([deps.queued.publishFeed, deps.queued.sweepShow], [[], []]);
  });
});
