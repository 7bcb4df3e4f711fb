import assert from "node:assert/strict";
import { Timestamp } from "firebase-admin/firestore";
import { randomUUID } from "node:crypto";
import type { App } from "../../../local/clientApp/app.js";
import { refusal } from "../../../test/support/refusal.js";
import { joinShow, leaveShow } from "../../src/contract/audience.js";
import {
  activityRef,
  banRef,
  participantRef,
  showRef,
  speakRequestRef,
} from "../../src/collections.js";
import {
  appOf,
  firestore,
  participantIn,
  showIn,
  somebody,
  type Person,
} from "../support/backstage.js";

describe("joining and leaving", () => {
  let ada: Person;
  let dan: Person;
  let dansApp: App;

  beforeEach(async () => {
    [ada, dan] = await Promise.all([somebody("Ada"), somebody("Dan")]);
    dansApp = await appOf(dan);
  });
  afterEach(() => dansApp.close());

  const placeOf = async (showId: string, person = dan) =>
    (await participantRef(firestore, showId, person.uid).get()).data();

  describe("joinShow", () => {
    it("makes the caller a listener who cannot speak", async () => {
      const showId = await showIn("live", ada);
      const answer = await dansApp.call(joinShow, { showId });
      assert.deepEqual(
        [answer.role, answer.audio.canPublish, answer.commentFeed],
        ["listener", false, "direct"],
      );
      const place = await placeOf(showId);
      assert.deepEqual(
        { ...place, joinedAt: null },
        {
          uid: dan.uid,
          displayName: "Dan",
          photoUrl: null,
          role: "listener",
          state: "present",
          joinedAt: null,
          leftAt: null,
          canPublish: false,
          invitedTo: null,
        },
      );
    });

    it("never writes the show document", async () => {
      const showId = await showIn("live", ada);
      const before = await showRef(firestore, showId).get();
      await dansApp.call(joinShow, { showId });
      const after = await showRef(firestore, showId).get();
      assert.deepEqual(after.updateTime, before.updateTime);
    });

    it("gives a retried call the same answer and keeps the current role", async () => {
      const showId = await showIn("live", ada);
      await dansApp.call(joinShow, { showId });
      const joinedAt = (await placeOf(showId))?.joinedAt;
      await dansApp.call(joinShow, { showId });
      assert.deepEqual((await placeOf(showId))?.joinedAt, joinedAt);

      await participantIn(showId, dan, { role: "speaker", canPublish: true });
      const answer = await dansApp.call(joinShow, { showId });
      assert.deepEqual([answer.role, answer.audio.canPublish], ["speaker", true]);
    });

    for (const [state, role] of [
      ["left", "speaker"],
      ["removed", "cohost"],
    ] as const) {
      it(`brings back as a listener someone who ${state === "left" ? "left as a speaker" : "was removed as a cohost"}`, async () => {
        const showId = await showIn("live", ada);
        await participantIn(showId, dan, { state, role, canPublish: true, invitedTo: "cohost" });
        const answer = await dansApp.call(joinShow, { showId });
        assert.deepEqual([answer.role, answer.audio.canPublish], ["listener", false]);
        const place = await placeOf(showId);
        assert.deepEqual(
          [place?.state, place?.role, place?.canPublish, place?.invitedTo],
          ["present", "listener", false, null],
        );
      });
    }

    it("brings the creator back as the creator", async () => {
      const showId = await showIn("live", dan);
      await dansApp.call(leaveShow, { showId });
      const answer = await dansApp.call(joinShow, { showId });
      assert.deepEqual([answer.role, answer.audio.canPublish], ["creator", true]);
    });

    it("updates a present participant's name", async () => {
      const showId = await showIn("live", ada);
      await participantIn(showId, { ...dan, displayName: "Daniel" });
      await dansApp.call(joinShow, { showId });
      assert.equal((await placeOf(showId))?.displayName, "Dan");
    });

    it("does not reset the slow mode timestamp", async () => {
      const showId = await showIn("live", ada);
      const activity = { lastCommentAt: Timestamp.now(), lastCommentId: "c1" };
      await activityRef(firestore, showId, dan.uid).set(activity);
      await dansApp.call(joinShow, { showId });
      assert.deepEqual((await activityRef(firestore, showId, dan.uid).get()).data(), activity);
    });

    it("refuses a banned user", async () => {
      const showId = await showIn("live", ada);
      await banRef(firestore, showId, dan.uid).set({
        uid: dan.uid,
        by: ada.uid,
        at: Timestamp.now(),
        reason: null,
      });
      await assert.rejects(dansApp.call(joinShow, { showId }), refusal("BANNED"));
      assert.equal(await placeOf(showId), undefined);
    });

    for (const status of ["draft", "scheduled", "ended", "cancelled"] as const) {
      it(`refuses to join while the show is ${status}`, async () => {
        const showId = await showIn(status, ada);
        await assert.rejects(
          dansApp.call(joinShow, { showId }),
          refusal("SHOW_NOT_LIVE", { status }),
        );
        assert.equal(await placeOf(showId), undefined);
      });
    }

    it("refuses to join a show that does not exist", async () => {
      await assert.rejects(
        dansApp.call(joinShow, { showId: randomUUID() }),
        refusal("SHOW_NOT_FOUND"),
      );
    });

    it("refuses an account that never signed in with Spotify", async () => {
      const showId = await showIn("live", ada);
      const nobody = await appOf({ uid: randomUUID(), displayName: "x", photoUrl: null });
      await assert.rejects(nobody.call(joinShow, { showId }), refusal("PROFILE_NOT_FOUND"));
      await nobody.close();
    });
  });

  describe("leaveShow", () => {
    it("marks the participant as left, and does the same on a retry", async () => {
      const showId = await showIn("live", ada);
      await dansApp.call(joinShow, { showId });
      assert.deepEqual(await dansApp.call(leaveShow, { showId }), {});
      const left = await placeOf(showId);
      assert.equal(left?.state, "left");
      assert.ok(left.leftAt);
      assert.deepEqual(await dansApp.call(leaveShow, { showId }), {});
      assert.deepEqual(await placeOf(showId), left);
    });

    it("takes away the role, the permission to publish and the invitation", async () => {
      const showId = await showIn("live", ada);
      await participantIn(showId, dan, { role: "speaker", canPublish: true, invitedTo: "cohost" });
      await dansApp.call(leaveShow, { showId });
      const place = await placeOf(showId);
      assert.deepEqual(
        [place?.role, place?.canPublish, place?.invitedTo],
        ["listener", false, null],
      );
    });

    for (const [status, after] of [
      ["pending", "cancelled"],
      ["accepted", "cancelled"],
      ["rejected", "rejected"],
      ["cancelled", "cancelled"],
    ] as const) {
      it(`turns a ${status} speak request into a ${after} one`, async () => {
        const showId = await showIn("live", ada);
        await participantIn(showId, dan);
        const decidedAt = status === "rejected" || status === "accepted" ? Timestamp.now() : null;
        await speakRequestRef(firestore, showId, dan.uid).set({
          uid: dan.uid,
          status,
          message: "",
          createdAt: Timestamp.now(),
          decidedAt,
          decidedBy: null,
        });
        await dansApp.call(leaveShow, { showId });
        const request = (await speakRequestRef(firestore, showId, dan.uid).get()).data();
        assert.deepEqual(
          [request?.status, request?.decidedAt],
          [after, status === "rejected" ? decidedAt : null],
        );
      });
    }

    it("still works after the show has ended", async () => {
      const showId = await showIn("ended", ada);
      await participantIn(showId, dan);
      assert.deepEqual(await dansApp.call(leaveShow, { showId }), {});
    });

    it("refuses someone who never joined or was removed", async () => {
      const showId = await showIn("live", ada);
      await assert.rejects(dansApp.call(leaveShow, { showId }), refusal("NOT_PARTICIPANT"));
      await participantIn(showId, dan, { state: "removed" });
      await assert.rejects(dansApp.call(leaveShow, { showId }), refusal("NOT_PARTICIPANT"));
      assert.equal((await placeOf(showId))?.state, "removed");
    });

    it("refuses to leave a show that does not exist", async () => {
      await assert.rejects(
        dansApp.call(leaveShow, { showId: randomUUID() }),
        refusal("SHOW_NOT_FOUND"),
      );
    });
  });
});
