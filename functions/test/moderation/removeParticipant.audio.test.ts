import assert from "node:assert/strict";
import { refusal } from "../../../test/support/refusal.js";
import { joinShow } from "../../src/contract/audience.js";
import { refreshAudio } from "../../src/contract/audio.js";
import { removeParticipant, unban } from "../../src/contract/moderation.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

describe("removeParticipant with real sound", () => {
  let stage: Soundstage;
  let ben: Attendee;
  let eve: Attendee;
  beforeEach(async () => {
    stage = await openSoundstage();
    [ben, eve] = await Promise.all([stage.speaker("Ben"), stage.listener("Eve")]);
    await Promise.all([stage.ada.audio.speak(440), ben.audio.speak(660)]);
    await Promise.all([eve.audio.hears(stage.ada.uid), eve.audio.hears(ben.uid)]);
  });
  afterEach(() => stage.close());

  it("disconnects a speaker, while the others stay audible", async () => {
    const { ada, showId } = stage;
    await ada.app.call(removeParticipant, { showId, uid: ben.uid });
    assert.equal((await ben.audio.disconnected).reason, "PARTICIPANT_REMOVED");
    await eve.audio.silentSince(ben.uid);
    assert.deepEqual(eve.audio.others(), [ada.uid]);
    await eve.audio.hears(ada.uid);
  });

  it("lets the person come back as a listener if there is no ban", async () => {
    const { ada, showId } = stage;
    await ada.app.call(removeParticipant, { showId, uid: ben.uid });
    await ben.audio.disconnected;
    const { role, audio } = await ben.app.call(joinShow, { showId });
    assert.equal(role, "listener");
    const back = await ben.connect(audio);
    await back.hears(ada.uid);
    assert.equal(await back.speak(660), "refused");
    await eve.audio.hears(ada.uid);
    assert.ok(eve.audio.heardMs(ben.uid, { from: back.connectedAt }) === 0);
  });

  it("refuses a banned person every token until the ban is lifted", async () => {
    const { ada, showId } = stage;
    await ada.app.call(removeParticipant, { showId, uid: ben.uid, ban: true });
    assert.equal((await ben.audio.disconnected).reason, "PARTICIPANT_REMOVED");
    for (const contract of [joinShow, refreshAudio]) {
      await assert.rejects(ben.app.callWith(contract, { showId }), refusal("BANNED"));
    }
    await ada.app.call(unban, { showId, uid: ben.uid });
    const back = await ben.connect((await ben.app.call(joinShow, { showId })).audio);
    await back.hears(ada.uid);
  });

  it("is refused for listeners and speakers", async () => {
    const { ada, showId } = stage;
    await assert.rejects(
      eve.app.call(removeParticipant, { showId, uid: ben.uid }),
      refusal("NOT_HOST"),
    );
    await assert.rejects(
      ben.app.call(removeParticipant, { showId, uid: ada.uid, ban: true }),
      refusal("NOT_HOST"),
    );
    await Promise.all([eve.audio.hears(ada.uid), eve.audio.hears(ben.uid)]);
  });
});
