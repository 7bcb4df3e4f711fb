import assert from "node:assert/strict";
import { refusal } from "../../../test/support/refusal.js";
import { participantDocument } from "../../src/contract/audience.js";
import { refreshAudio } from "../../src/contract/audio.js";
import { acceptInvitation, decideSpeakRequest, setRole } from "../../src/contract/stage.js";
import { askToSpeak } from "../support/askToSpeak.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

describe("who is heard", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  let dan: Attendee;
  let eve: Attendee;
  beforeEach(async () => {
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
    [dan, eve] = [await stage.listener("Dan"), await stage.listener("Eve")];
  });
  afterEach(() => stage.close());

  /** Nothing of `person` was ever heard at Eve's, who hears well: she hears the creator. */
  async function assertNeverHeard(person: Attendee): Promise<void> {
    await stage.ada.audio.speak(440);
    await eve.audio.hears(stage.ada.uid, { frequencyHz: 440 });
    assert.equal(eve.audio.heardMs(person.uid), 0);
  }

  it("is one who asked and was accepted, not one who asked", async () => {
    const { ada, showId } = stage;
    await askToSpeak(dan.app, showId, "please");
    assert.equal(await dan.audio.speak(660), "refused");
    await assertNeverHeard(dan);

    const decision = { showId, uid: dan.uid, decision: "accept" } as const;
    await ada.app.call(decideSpeakRequest, decision);
    await dan.audio.untilCanPublish(true);
    assert.equal(await dan.audio.speak(660), "speaking");
    await Promise.all([
      eve.audio.hears(dan.uid, { frequencyHz: 660 }),
      ada.audio.hears(dan.uid, { frequencyHz: 660 }),
    ]);
    assert.equal(eve.audio.metadata(dan.uid), JSON.stringify({ role: "speaker" }));
  });

  it("is nobody who was rejected", async () => {
    const { ada, showId } = stage;
    await askToSpeak(dan.app, showId);
    await ada.app.call(decideSpeakRequest, { showId, uid: dan.uid, decision: "reject" });
    assert.equal(await dan.audio.speak(660), "refused");
    await assertNeverHeard(dan);
  });

  it("is one who took an invitation, not one who has it", async () => {
    const { ada, showId } = stage;
    for (const role of ["speaker", "cohost"] as const) {
      const invited = await stage.listener(`Invited as ${role}`);
      const place = invited.watch(
        `shows/${showId}/participants/${invited.uid}`,
        participantDocument,
      );
      await ada.app.call(setRole, { showId, uid: invited.uid, role });
      const seen = await place.first((participant) => participant?.invitedTo === role);
      assert.deepEqual([seen?.role, seen?.canPublish], ["listener", false]);
      // Sets his rights anew, as the documents give them.
      const { audio } = await invited.app.call(refreshAudio, { showId });
      assert.equal(audio.canPublish, false);
      assert.equal(await invited.audio.speak(660), "refused");
      await assertNeverHeard(invited);

      await invited.app.call(acceptInvitation, { showId });
      await invited.audio.untilCanPublish(true);
      assert.equal(await invited.audio.speak(660), "speaking");
      await eve.audio.hears(invited.uid, { frequencyHz: 660 });
      await invited.audio.hush();
      await ada.audio.hush();
    }
  });

  it("is nobody whose invitation was withdrawn, or who declined it", async () => {
    const { ada, showId } = stage;
    for (const host of [ada, dan]) {
      await ada.app.call(setRole, { showId, uid: dan.uid, role: "speaker" });
      await host.app.call(setRole, { showId, uid: dan.uid, role: "listener" });
      await assert.rejects(dan.app.call(acceptInvitation, { showId }), refusal("NOT_INVITED"));
      assert.equal(await dan.audio.speak(660), "refused");
    }
    await assertNeverHeard(dan);
  });

  it("is not one who was demoted: his sound stops and his track is gone, the others' goes on", async () => {
    const { ada, showId } = stage;
    const ben = await stage.speaker("Ben");
    await Promise.all([ada.audio.speak(440), ben.audio.speak(660)]);
    await Promise.all([eve.audio.hears(ben.uid), eve.audio.hears(ada.uid)]);

    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    const answeredAt = performance.now();
    // He goes on sending, as a hostile app would.
    const lastHeardAt = await eve.audio.silentSince(ben.uid);
    assert.ok(lastHeardAt !== undefined, "he had been heard");
    assert.ok(eve.audio.heardMs(ben.uid, { from: answeredAt + 1_000 }) === 0);
    await ada.audio.silentSince(ben.uid);
    const found = await backdoor.rooms.find(showId, ben.uid);
    assert.deepEqual(found, { uid: ben.uid, role: "listener", canPublish: false, tracks: [] });
    await eve.audio.hears(ada.uid);

    assert.equal(await ben.audio.speak(660), "refused");
    assert.equal(eve.audio.heardMs(ben.uid, { from: answeredAt + 1_000 }), 0);
    assert.equal(ben.audio.connected, true, "he stays and listens");
    await ben.audio.hears(ada.uid);
  });

  it("is one who was demoted, asked again and was accepted again", async () => {
    const { ada, showId } = stage;
    const ben = await stage.speaker("Ben");
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    await ben.audio.untilCanPublish(false);
    await askToSpeak(ben.app, showId);
    assert.equal(await ben.audio.speak(660), "refused");
    await assertNeverHeard(ben);
    await ada.app.call(decideSpeakRequest, { showId, uid: ben.uid, decision: "accept" });
    await ben.audio.untilCanPublish(true);
    assert.equal(await ben.audio.speak(660), "speaking");
    await eve.audio.hears(ben.uid, { frequencyHz: 660 });
  });

  it("stays one who goes from cohost to speaker, without a gap", async () => {
    const { ada, showId } = stage;
    const cleo = await stage.cohost("Cleo");
    await cleo.audio.speak(660);
    await eve.audio.hears(cleo.uid);
    await ada.app.call(setRole, { showId, uid: cleo.uid, role: "speaker" });
    await eve.audio.until(() =>
      eve.audio.metadata(cleo.uid) === JSON.stringify({ role: "speaker" }) ? true : undefined,
    );
    await eve.audio.hears(cleo.uid);
    assert.deepEqual(
      cleo.audio.permissions.map(({ canPublish }) => canPublish),
      [false, true],
      "the right was never taken",
    );
  });
});
