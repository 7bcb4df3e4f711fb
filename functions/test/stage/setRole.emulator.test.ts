import assert from "node:assert/strict";
import { Timestamp, type Firestore } from "firebase-admin/firestore";
import { joinShow } from "../../src/audience/joinShow.js";
import { entitlementOf } from "../../src/audio/entitlement.js";
import { acceptInvitation } from "../../src/stage/acceptInvitation.js";
import { setRole } from "../../src/stage/setRole.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as } from "../support/callers.js";
import { liveScene, type LiveScene } from "../support/liveScene.js";

describe("setRole", () => {
  let firestore: Firestore;
  let scene: LiveScene;

  before(() => {
    firestore = quietFirestore();
  });
  after(() => firestore.terminate());
  beforeEach(async () => {
    scene = await liveScene(firestore, { maxSpeakers: 1 });
  });

  const set = (caller: Person, { uid }: Person, role: "cohost" | "speaker" | "listener") =>
    setRole(scene.deps, as(caller), { showId: scene.showId, uid, role });

  describe("promotions", () => {
    for (const role of ["speaker", "cohost"] as const) {
      it(`invites a listener as ${role} without any permissions before they accept`, async () => {
        const { ada, deps } = scene;
        const dan = await scene.attendee("Dan");
        const before = await scene.placeOf(dan);
        assert.deepEqual(await set(ada, dan, role), { role: "listener", invitedTo: role });
        const invited = await scene.placeOf(dan);
        assert.deepEqual(invited, { ...before, invitedTo: role });
        assert.deepEqual(entitlementOf(await scene.show(), invited, true), {
          role: "listener",
          canPublish: false,
        });
        assert.deepEqual(deps.rooms.requests, []);
        assert.deepEqual((await scene.stage())?.spoke, [ada.uid]);
      });

      it(`repeats an invitation as ${role} with the same answer, and writes nothing`, async () => {
        const dan = await scene.attendee("Dan");
        const answer = await set(scene.ada, dan, role);
        const invited = await scene.everything();
        assert.deepEqual(await set(scene.ada, dan, role), answer);
        assert.deepEqual(await scene.everything(), invited);
      });

      it(`cancels the request of a listener who is invited as ${role}`, async () => {
        const dan = await scene.asker("Dan");
        await set(scene.ada, dan, role);
        const request = await scene.requestOf(dan);
        assert.deepEqual(
          [request?.status, request?.decidedAt, request?.decidedBy],
          ["cancelled", null, null],
        );
      });
    }

    it("invites a speaker as cohost, who keeps speaking", async () => {
      const eve = await scene.speaker("Eve");
      assert.deepEqual(await set(scene.ada, eve, "cohost"), {
        role: "speaker",
        invitedTo: "cohost",
      });
      assert.equal((await scene.placeOf(eve))?.canPublish, true);
      assert.deepEqual(scene.deps.rooms.requests, []);
    });

    it("replaces one invitation with another", async () => {
      const dan = await scene.attendee("Dan", { invitedTo: "speaker" });
      await set(scene.ada, dan, "cohost");
      assert.equal((await scene.placeOf(dan))?.invitedTo, "cohost");
      await set(scene.ada, dan, "speaker");
      assert.equal((await scene.placeOf(dan))?.invitedTo, "speaker");
    });

    it("invites no speaker while the stage is full, and returns the number of seats", async () => {
      const [dan] = await Promise.all([scene.attendee("Dan"), scene.speaker("Eve")]);
      const before = await scene.everything();
      await assert.rejects(set(scene.ada, dan, "speaker"), {
        reason: "SPEAKER_LIMIT",
        details: { maxSpeakers: 1 },
      });
      assert.deepEqual(await scene.everything(), before);
      assert.equal((await set(scene.ada, dan, "cohost")).invitedTo, "cohost");
    });

    it("gives the same answer for someone who was invited before the stage was full", async () => {
      const dan = await scene.attendee("Dan", { invitedTo: "speaker" });
      await scene.speaker("Eve");
      assert.equal((await set(scene.ada, dan, "speaker")).invitedTo, "speaker");
    });
  });

  describe("demotions", () => {
    for (const [from, to, permit] of [
      ["speaker", "listener", "listener silence"],
      ["cohost", "listener", "listener silence"],
      ["cohost", "speaker", "speaker sound"],
    ] as const) {
      it(`demotes a ${from} to ${to} at once and updates the room`, async () => {
        const { ada, deps, showId } = scene;
        const place = { role: from, canPublish: true };
        const eve = await scene.attendee("Eve", place);
        deps.rooms.connect(showId, eve.uid, place, 1);
        assert.deepEqual(await set(ada, eve, to), { role: to, invitedTo: null });
        const lowered = await scene.placeOf(eve);
        assert.deepEqual(
          [lowered?.role, lowered?.canPublish, lowered?.state],
          [to, to === "speaker", "present"],
        );
        assert.deepEqual(deps.rooms.requests, [`permit ${eve.uid} ${permit}`]);
      });

      it(`repeats a demotion from ${from} to ${to} with the same answer, and writes nothing`, async () => {
        const eve = await scene.attendee("Eve", { role: from, canPublish: true });
        const answer = await set(scene.ada, eve, to);
        const lowered = await scene.everything();
        assert.deepEqual(await set(scene.ada, eve, to), answer);
        assert.deepEqual(await scene.everything(), lowered);
      });
    }

    it("removes all tracks of a demoted person", async () => {
      const { ada, deps, showId } = scene;
      const eve = await scene.speaker("Eve");
      deps.rooms.connect(showId, eve.uid, { role: "speaker", canPublish: true }, 2);
      await set(ada, eve, "listener");
      assert.deepEqual(deps.rooms.rooms.get(showId)?.get(eve.uid), {
        uid: eve.uid,
        role: "listener",
        canPublish: false,
        tracks: [],
      });
    });

    it("withdraws an invitation when called with the person's current role", async () => {
      const { ada, deps, showId } = scene;
      for (const [place, role] of [
        [{ invitedTo: "speaker" }, "listener"],
        [{ invitedTo: "cohost" }, "listener"],
        [{ role: "speaker", canPublish: true, invitedTo: "cohost" }, "speaker"],
      ] as const) {
        const dan = await scene.attendee("Dan", place);
        assert.deepEqual(await set(ada, dan, role), { role, invitedTo: null });
        assert.equal((await scene.placeOf(dan))?.invitedTo, null);
        if (role === "speaker") continue;
        await assert.rejects(acceptInvitation(deps, as(dan), { showId }), {
          reason: "NOT_INVITED",
        });
      }
      assert.deepEqual(deps.rooms.requests, []);
    });

    it("silences a listener whose demotion crashed before it updated the room", async () => {
      const { ada, deps, showId } = scene;
      const dan = await scene.attendee("Dan");
      deps.rooms.connect(showId, dan.uid, { role: "speaker", canPublish: true }, 1);
      assert.deepEqual(await set(ada, dan, "listener"), { role: "listener", invitedTo: null });
      assert.equal(deps.rooms.rooms.get(showId)?.get(dan.uid)?.canPublish, false);
    });

    it("lets an invited listener decline", async () => {
      const dan = await scene.attendee("Dan", { invitedTo: "cohost" });
      assert.deepEqual(await set(dan, dan, "listener"), { role: "listener", invitedTo: null });
    });

    it("lets speakers and cohosts step down by themselves", async () => {
      const [eve, ben] = await Promise.all([scene.speaker("Eve"), scene.cohost("Ben")]);
      assert.equal((await set(eve, eve, "listener")).role, "listener");
      assert.equal((await set(ben, ben, "speaker")).role, "speaker");
      assert.equal((await set(ben, ben, "listener")).role, "listener");
    });

    it("does not let an invited listener promote themselves", async () => {
      const dan = await scene.attendee("Dan", { invitedTo: "cohost" });
      const before = await scene.everything();
      for (const role of ["speaker", "cohost"] as const) {
        await assert.rejects(set(dan, dan, role), { reason: "NOT_HOST" });
      }
      assert.deepEqual(await scene.everything(), before);
    });

    it("does not change the request of a listener who is made a listener", async () => {
      const dan = await scene.asker("Dan");
      const before = await scene.everything();
      assert.deepEqual(await set(scene.ada, dan, "listener"), {
        role: "listener",
        invitedTo: null,
      });
      assert.deepEqual(await scene.everything(), before);
    });

    it("does not demote a cohost to speaker while the stage is full", async () => {
      const [ben] = await Promise.all([scene.cohost("Ben"), scene.speaker("Eve")]);
      const before = await scene.everything();
      await assert.rejects(set(scene.ada, ben, "speaker"), { reason: "SPEAKER_LIMIT" });
      assert.deepEqual(await scene.everything(), before);
      assert.equal((await set(scene.ada, ben, "listener")).role, "listener");
    });

    it("asks for a sweep when the room does not answer", async () => {
      const { ada, deps, showId } = scene;
      const eve = await scene.speaker("Eve");
      deps.rooms.setDown(true);
      assert.equal((await set(ada, eve, "listener")).role, "listener");
      assert.equal((await scene.placeOf(eve))?.canPublish, false);
      assert.deepEqual(deps.requestedSweeps(), [showId]);
    });
  });

  describe("of someone who is lost", () => {
    const lost = (role: "cohost" | "speaker" | "listener") =>
      scene.attendee("Eve", { role, state: "lost", leftAt: Timestamp.fromMillis(0) });

    for (const role of ["cohost", "speaker"] as const) {
      it(`makes a ${role} a listener, who comes back as one`, async () => {
        const { ada, deps, showId } = scene;
        const eve = await lost(role);
        const before = await scene.placeOf(eve);
        const answer = { role: "listener", invitedTo: null };
        assert.deepEqual(await set(ada, eve, "listener"), answer);
        assert.deepEqual(await scene.placeOf(eve), { ...before, role: "listener" });
        assert.deepEqual(deps.rooms.requests, [], "they are not in the room");
        const lowered = await scene.everything();
        assert.deepEqual(await set(ada, eve, "listener"), answer);
        assert.deepEqual(await scene.everything(), lowered);
        assert.equal((await joinShow(deps, as(eve), { showId })).role, "listener");
        assert.equal((await scene.placeOf(eve))?.canPublish, false);
      });
    }

    it("lets a cohost demote a lost speaker, but no lost cohost", async () => {
      const ben = await scene.cohost("Ben");
      assert.equal((await set(ben, await lost("speaker"), "listener")).role, "listener");
      const eve = await lost("cohost");
      await assert.rejects(set(ben, eve, "listener"), { reason: "NOT_CREATOR" });
      assert.equal((await scene.placeOf(eve))?.role, "cohost");
    });

    it("is refused for any role above listener, and to themselves", async () => {
      const { ada } = scene;
      for (const role of ["cohost", "speaker", "listener"] as const) {
        const eve = await lost(role);
        const before = await scene.everything();
        for (const wanted of ["cohost", "speaker"] as const) {
          await assert.rejects(set(ada, eve, wanted), { reason: "NOT_PARTICIPANT" });
        }
        await assert.rejects(set(eve, eve, "listener"), { reason: "NOT_HOST" });
        assert.deepEqual(await scene.everything(), before);
      }
    });
  });

  it("is refused for absent people", async () => {
    for (const state of ["left", "removed"] as const) {
      const dan = await scene.attendee("Dan", { state });
      const before = await scene.everything();
      for (const role of ["cohost", "speaker", "listener"] as const) {
        await assert.rejects(set(scene.ada, dan, role), { reason: "NOT_PARTICIPANT" });
      }
      assert.deepEqual(await scene.everything(), before);
    }
  });

  it("names the field when the creator is the target", async () => {
    await assert.rejects(set(scene.ada, scene.ada, "listener"), {
      reason: "INVALID_ARGUMENT",
      details: { issues: [{ path: "uid", message: "must not be the show's creator" }] },
    });
  });

  it("lets only the creator change an invitation as cohost", async () => {
    const ben = await scene.cohost("Ben");
    const dan = await scene.attendee("Dan", { invitedTo: "cohost" });
    const before = await scene.everything();
    for (const role of ["listener", "speaker", "cohost"] as const) {
      await assert.rejects(set(ben, dan, role), { reason: "NOT_CREATOR" });
    }
    assert.deepEqual(await scene.everything(), before);
    const eve = await scene.attendee("Eve", { invitedTo: "speaker" });
    assert.equal((await set(ben, eve, "listener")).invitedTo, null);
  });

  it("is refused for a cohost who left, was removed or was demoted", async () => {
    const dan = await scene.attendee("Dan");
    for (const place of [
      { role: "cohost", canPublish: true, state: "left" },
      { role: "cohost", canPublish: true, state: "removed" },
      { role: "speaker", canPublish: true },
    ] as const) {
      const ben = await scene.attendee("Ben", place);
      await assert.rejects(set(ben, dan, "speaker"), { reason: "NOT_HOST" });
    }
    assert.equal((await scene.placeOf(dan))?.invitedTo, null);
  });
});
