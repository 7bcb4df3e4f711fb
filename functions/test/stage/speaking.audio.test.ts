import assert from "node:assert/strict";
import { refusal } from "../../../test/support/refusal.js";
import { participantDocument } from "../../src/contract/audience.js";
import { refreshAudio } from "../../src/contract/audio.js";
import { acceptInvitation, decideSpeakRequest, setRole } from "../../src/contract/stage.js";
import { askToSpeak } from "../support/askToSpeak.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

describe("the permission to be heard", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  let dan: Attendee;
  let eve: Attendee;
  let adaSpeaks: Promise<unknown> | undefined;
  beforeEach(async () => {
    adaSpeaks = undefined;
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
    [dan, eve] = await Promise.all([stage.listener("Dan"), stage.listener("Eve")]);
  });
  afterEach(() => stage.close());

  /** Asserts that Eve never heard `person`, although Eve hears the creator. */
  async function assertNeverHeard(person: Attendee): Promise<void> {
    adaSpeaks ??= stage.ada.audio.speak(440);
    await adaSpeaks;
    await eve.audio.hears(stage.ada.uid, { frequencyHz: 440 });
    assert.equal(eve.audio.heardMs(person.uid), 0);
  }

  it("comes with an accepted request, not with a pending one", async () => {
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

  it("is refused after a rejection", async () => {
    const { ada, showId } = stage;
    await askToSpeak(dan.app, showId);
    await ada.app.call(decideSpeakRequest, { showId, uid: dan.uid, decision: "reject" });
    assert.equal(await dan.audio.speak(660), "refused");
    await assertNeverHeard(dan);
  });

  it("comes with an accepted invitation, not with an open one", async () => {
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
      // Sets the permissions again, as the documents grant them.
      const { audio } = await invited.app.call(refreshAudio, { showId });
      assert.equal(audio.canPublish, false);
      assert.equal(await invited.audio.speak(660), "refused");
      await assertNeverHeard(invited);

      await invited.app.call(acceptInvitation, { showId });
      await invited.audio.untilCanPublish(true);
      assert.equal(await invited.audio.speak(660), "speaking");
      await eve.audio.hears(invited.uid, { frequencyHz: 660 });
      await invited.audio.hush();
    }
  });

  it("is refused after a withdrawn or declined invitation", async () => {
    const { ada, showId } = stage;
    for (const host of [ada, dan]) {
      await ada.app.call(setRole, { showId, uid: dan.uid, role: "speaker" });
      await host.app.call(setRole, { showId, uid: dan.uid, role: "listener" });
      await assert.rejects(dan.app.call(acceptInvitation, { showId }), refusal("NOT_INVITED"));
      assert.equal(await dan.audio.speak(660), "refused");
    }
    await assertNeverHeard(dan);
  });

  it("ends with a demotion, which removes the track but not the others' sound", async () => {
    const { ada, showId } = stage;
    const ben = await stage.speaker("Ben");
    await Promise.all([ada.audio.speak(440), ben.audio.speak(660)]);
    await Promise.all([eve.audio.hears(ben.uid), eve.audio.hears(ada.uid)]);

    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    const answeredAt = performance.now();
    // Ben keeps sending, like a hostile app would.
    const lastHeardAt = await eve.audio.silentSince(ben.uid);
    assert.ok(lastHeardAt !== undefined, "Ben was heard before");
    assert.ok(eve.audio.heardMs(ben.uid, { from: answeredAt + 1_000 }) === 0);
    await ada.audio.silentSince(ben.uid);
    const found = await backdoor.rooms.find(showId, ben.uid);
    assert.deepEqual(found, { uid: ben.uid, role: "listener", canPublish: false, tracks: [] });
    await eve.audio.hears(ada.uid);

    assert.equal(await ben.audio.speak(660), "refused");
    assert.equal(eve.audio.heardMs(ben.uid, { from: answeredAt + 1_000 }), 0);
    assert.equal(ben.audio.connected, true, "Ben stays as a listener");
    await ben.audio.hears(ada.uid);
  });

  it("comes back with another accepted request after a demotion", async () => {
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

  it("continues without a gap when a cohost becomes a speaker", async () => {
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
      "the permission was never removed",
    );
  });
});
