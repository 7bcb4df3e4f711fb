import assert from "node:assert/strict";
import { participantDocument } from "../../src/contract/audience.js";
import { leaveShow } from "../../src/contract/audience.js";
import { participantRef } from "../../src/collections.js";
import { removeParticipant } from "../../src/contract/moderation.js";
import { endShow } from "../../src/contract/shows.js";
import { decideSpeakRequest, setRole } from "../../src/contract/stage.js";
import { askToSpeak } from "../support/askToSpeak.js";
import { firestore } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";
import { sweeping } from "../support/sweeping.js";

/**
 * The ways LiveKit fails; livekitRooms.test.ts has more of its answers. The functions wait five seconds for one, ten for
 * a room's list.
 */
const FAILURES = {
  "answers 404 in HTML": { status: 404, body: "<html>Not Found</html>" },
  "does not answer": { delayMs: 60_000 },
  "cuts the connection": { drop: true },
} as const;

/** Long enough for the delays between a task's attempts. */
const PATIENCE_MS = 40_000;

describe("the documents and LiveKit", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  let ben: Attendee;
  let eve: Attendee;
  beforeEach(async () => {
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
    [ben, eve] = await Promise.all([stage.speaker("Ben"), stage.listener("Eve")]);
    assert.equal(await ben.audio.speak(660), "speaking");
    await eve.audio.hears(ben.uid);
  });
  afterEach(() => stage.close());

  const breakLivekit = (failure: object) =>
    stage.livekit.faults.set({ match: "/twirp/", times: 10_000, ...failure });
  const place = (attendee: Attendee) =>
    attendee
      .watch(`shows/${stage.showId}/participants/${attendee.uid}`, participantDocument)
      .first(() => true);

  for (const [how, failure] of Object.entries(FAILURES)) {
    it(`agree on a demotion and a removal once LiveKit, which ${how}, has recovered`, async () => {
      const { ada, livekit, showId } = stage;
      const cleo = await stage.speaker("Cleo");
      assert.equal(await cleo.audio.speak(880), "speaking");
      await eve.audio.hears(cleo.uid);
      await breakLivekit(failure);
      const [answer] = await Promise.all([
        ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" }),
        ada.app.call(removeParticipant, { showId, uid: cleo.uid, ban: true }),
      ]);
      assert.deepEqual(answer, { role: "listener", invitedTo: null });
      const { role, canPublish } = (await place(ben)) ?? {};
      assert.deepEqual([role, canPublish], ["listener", false]);
      assert.equal((await place(cleo))?.state, "removed");
      assert.equal(cleo.audio.connected, true);
      for (const { uid } of [ben, cleo]) {
        await eve.audio.hears(uid, { since: performance.now() });
      }

      await livekit.faults.clear();
      assert.equal((await cleo.audio.disconnected).reason, "PARTICIPANT_REMOVED");
      await ben.audio.untilCanPublish(false, PATIENCE_MS);
      for (const { uid } of [ben, cleo]) await eve.audio.silentSince(uid);
      assert.equal(await ben.audio.speak(660), "refused");
      assert.deepEqual(await backdoor.rooms.find(showId, ben.uid), {
        uid: ben.uid,
        role: "listener",
        canPublish: false,
        tracks: [],
      });
    });
  }

  it("agree on a departure and an accepted request during an outage", async () => {
    const { ada, livekit, showId } = stage;
    await askToSpeak(eve.app, showId);
    await breakLivekit({ status: 503 });
    await ben.app.call(leaveShow, { showId });
    await ada.app.call(decideSpeakRequest, { showId, uid: eve.uid, decision: "accept" });
    assert.equal((await place(eve))?.canPublish, true);
    assert.equal(await eve.audio.speak(880), "refused");

    await livekit.faults.clear();
    // In production, Firestore retries its triggers. The emulator does not.
    await sweeping(showId, backdoor).sweep();
    assert.equal((await ben.audio.disconnected).reason, "PARTICIPANT_REMOVED");
    await eve.audio.untilCanPublish(true, PATIENCE_MS);
    assert.equal(await eve.audio.speak(880), "speaking");
    await ada.audio.hears(eve.uid, { frequencyHz: 880 });
  });

  it("agree on the latest of several decisions that LiveKit missed", async () => {
    const { ada, livekit, showId } = stage;
    await breakLivekit({ drop: true });
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    await askToSpeak(ben.app, showId);
    await ada.app.call(decideSpeakRequest, { showId, uid: ben.uid, decision: "accept" });
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    await livekit.faults.clear();
    await ben.audio.untilCanPublish(false, PATIENCE_MS);
    await eve.audio.silentSince(ben.uid);
    await eventually("that every task has run", async () =>
      (await backdoor.rooms.find(showId, ben.uid))?.role === "listener" ? true : undefined,
    );
  });

  it("agree after the next sweep when LiveKit did not find a participant who was there", async () => {
    const { ada, livekit, showId } = stage;
    await breakLivekit({ status: 404, body: { code: "not_found", msg: "not found" } });
    await ada.app.call(removeParticipant, { showId, uid: ben.uid });
    await livekit.faults.clear();
    await sweeping(showId, backdoor).sweep();
    assert.equal((await ben.audio.disconnected).reason, "PARTICIPANT_REMOVED");
    await eve.audio.silentSince(ben.uid);
  });

  it("agree after the next sweep on a demotion that LiveKit never received", async () => {
    const place = { role: "listener", canPublish: false } as const;
    await participantRef(firestore, stage.showId, ben.uid).update({ ...place });
    await sweeping(stage.showId, backdoor).sweep();
    await ben.audio.untilCanPublish(false, PATIENCE_MS);
    await eve.audio.silentSince(ben.uid);
    assert.equal(await ben.audio.speak(660), "refused");
  });

  it("agree on the end of the show", async () => {
    const { ada, livekit, showId } = stage;
    await breakLivekit({ status: 500 });
    assert.equal((await ada.app.call(endShow, { showId })).status, "ended");
    await eve.audio.hears(ben.uid);
    await livekit.faults.clear();
    for (const { audio } of [ada, ben, eve]) {
      assert.equal((await audio.disconnected).reason, "ROOM_DELETED");
    }
    await eventually("that the room is gone", async () =>
      (await backdoor.rooms.look(showId)) ? undefined : true,
    );
  });
});
