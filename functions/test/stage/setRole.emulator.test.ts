import assert from "node:assert/strict";
import type { Firestore } from "firebase-admin/firestore";
import { entitlementOf } from "../../src/audio/entitlement.js";
import { acceptInvitation } from "../../src/stage/acceptInvitation.js";
import { setRole } from "../../src/stage/setRole.js";
import { quietFirestore, type Person } from "../support/backstage.js";
import { as, liveScene, type LiveScene } from "../support/liveScene.js";

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

  describe("upwards", () => {
    for (const role of ["speaker", "cohost"] as const) {
      it(`invites a listener to be ${role}, and gives him nothing before he accepts`, async () => {
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
        assert.deepEqual(deps.rooms.asked, []);
        assert.deepEqual((await scene.stage())?.spoke, [ada.uid]);
      });

      it(`invites to be ${role} again alike, and writes nothing more`, async () => {
        const dan = await scene.attendee("Dan");
        const answer = await set(scene.ada, dan, role);
        const invited = await scene.everything();
        assert.deepEqual(await set(scene.ada, dan, role), answer);
        assert.deepEqual(await scene.everything(), invited);
      });

      it(`turns the request of one who is invited to be ${role} into the invitation`, async () => {
        const dan = await scene.asker("Dan");
        await set(scene.ada, dan, role);
        const request = await scene.requestOf(dan);
        assert.deepEqual(
          [request?.status, request?.decidedAt, request?.decidedBy],
          ["cancelled", null, null],
        );
      });
    }

    it("invites a speaker to be cohost, who speaks on meanwhile", async () => {
      const eve = await scene.speaker("Eve");
      assert.deepEqual(await set(scene.ada, eve, "cohost"), {
        role: "speaker",
        invitedTo: "cohost",
      });
      assert.equal((await scene.placeOf(eve))?.canPublish, true);
      assert.deepEqual(scene.deps.rooms.asked, []);
    });

    it("changes an invitation into another", async () => {
      const dan = await scene.attendee("Dan", { invitedTo: "speaker" });
      await set(scene.ada, dan, "cohost");
      assert.equal((await scene.placeOf(dan))?.invitedTo, "cohost");
      await set(scene.ada, dan, "speaker");
      assert.equal((await scene.placeOf(dan))?.invitedTo, "speaker");
    });

    it("invites nobody to speak while the stage is full, and says how many may speak", async () => {
      const [dan] = await Promise.all([scene.attendee("Dan"), scene.speaker("Eve")]);
      const before = await scene.everything();
      await assert.rejects(set(scene.ada, dan, "speaker"), {
        reason: "SPEAKER_LIMIT",
        details: { maxSpeakers: 1 },
      });
      assert.deepEqual(await scene.everything(), before);
      assert.equal((await set(scene.ada, dan, "cohost")).invitedTo, "cohost");
    });

    it("answers alike for one who was invited before the stage was full", async () => {
      const dan = await scene.attendee("Dan", { invitedTo: "speaker" });
      await scene.speaker("Eve");
      assert.equal((await set(scene.ada, dan, "speaker")).invitedTo, "speaker");
    });
  });

  describe("downwards", () => {
    for (const [from, to, told] of [
      ["speaker", "listener", "listener silence"],
      ["cohost", "listener", "listener silence"],
      ["cohost", "speaker", "speaker sound"],
    ] as const) {
      it(`makes a ${to} of a ${from} at once, and the room knows`, async () => {
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
        assert.deepEqual(deps.rooms.asked, [`permit ${eve.uid} ${told}`]);
      });

      it(`makes a ${to} of a ${from} again alike, and writes nothing more`, async () => {
        const eve = await scene.attendee("Eve", { role: from, canPublish: true });
        const answer = await set(scene.ada, eve, to);
        const lowered = await scene.everything();
        assert.deepEqual(await set(scene.ada, eve, to), answer);
        assert.deepEqual(await scene.everything(), lowered);
      });
    }

    it("takes the sound of one who is lowered, whatever he sends", async () => {
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

    it("withdraws an invitation by naming what the person is", async () => {
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
      assert.deepEqual(deps.rooms.asked, []);
    });

    it("is also how one declines an invitation oneself", async () => {
      const dan = await scene.attendee("Dan", { invitedTo: "cohost" });
      assert.deepEqual(await set(dan, dan, "listener"), { role: "listener", invitedTo: null });
    });

    it("is also how one steps down oneself, as far as one likes", async () => {
      const [eve, ben] = await Promise.all([scene.speaker("Eve"), scene.cohost("Ben")]);
      assert.equal((await set(eve, eve, "listener")).role, "listener");
      assert.equal((await set(ben, ben, "speaker")).role, "speaker");
      assert.equal((await set(ben, ben, "listener")).role, "listener");
    });

    it("is no way up for the invited: he accepts, or stays", async () => {
      const dan = await scene.attendee("Dan", { invitedTo: "cohost" });
      const before = await scene.everything();
      for (const role of ["speaker", "cohost"] as const) {
        await assert.rejects(set(dan, dan, role), { reason: "NOT_HOST" });
      }
      assert.deepEqual(await scene.everything(), before);
    });

    it("leaves the request of a listener who is made a listener as it is", async () => {
      const dan = await scene.asker("Dan");
      const before = await scene.everything();
      assert.deepEqual(await set(scene.ada, dan, "listener"), {
        role: "listener",
        invitedTo: null,
      });
      assert.deepEqual(await scene.everything(), before);
    });

    it("makes no speaker of a cohost while the stage is full", async () => {
      const [ben] = await Promise.all([scene.cohost("Ben"), scene.speaker("Eve")]);
      const before = await scene.everything();
      await assert.rejects(set(scene.ada, ben, "speaker"), { reason: "SPEAKER_LIMIT" });
      assert.deepEqual(await scene.everything(), before);
      assert.equal((await set(scene.ada, ben, "listener")).role, "listener");
    });

    it("leaves it to a task to silence a room that does not answer", async () => {
      const { ada, deps, showId } = scene;
      const eve = await scene.speaker("Eve");
      deps.rooms.setDown(true);
      assert.equal((await set(ada, eve, "listener")).role, "listener");
      assert.equal((await scene.placeOf(eve))?.canPublish, false);
      assert.deepEqual(deps.askedToSweep(), [showId]);
    });
  });

  it("is for those who are there", async () => {
    for (const state of ["left", "removed"] as const) {
      const dan = await scene.attendee("Dan", { state });
      const before = await scene.everything();
      for (const role of ["cohost", "speaker", "listener"] as const) {
        await assert.rejects(set(scene.ada, dan, role), { reason: "NOT_PARTICIPANT" });
      }
      assert.deepEqual(await scene.everything(), before);
    }
  });

  it("names the field when the creator means himself", async () => {
    await assert.rejects(set(scene.ada, scene.ada, "listener"), {
      reason: "INVALID_ARGUMENT",
      details: { issues: [{ path: "uid", message: "must not be the show's creator" }] },
    });
  });

  it("leaves the creator's invitations to be cohost to the creator", async () => {
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

  it("is no longer for a cohost who left, was removed or was lowered", async () => {
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
