import assert from "node:assert/strict";
import { refusal } from "../../../test/support/refusal.js";
import { muteSpeaker } from "../../src/contract/moderation.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

describe("muteSpeaker with real sound", () => {
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

  it("silences one speaker, while the others stay audible", async () => {
    const { ada, showId } = stage;
    await ada.app.call(muteSpeaker, { showId, uid: ben.uid });
    await eve.audio.silentSince(ben.uid);
    await eve.audio.hears(ada.uid);
    await ben.audio.until(() => ben.audio.muted || undefined);
    await ada.app.call(muteSpeaker, { showId, uid: ben.uid });
    assert.equal(ben.audio.permissions.at(-1)?.canPublish, true, "keeps the permission to speak");
  });

  it("lets the muted speaker unmute", async () => {
    const { ada, showId } = stage;
    await ada.app.call(muteSpeaker, { showId, uid: ben.uid });
    await ben.audio.until(() => ben.audio.muted || undefined);
    const silentAt = await eve.audio.silentSince(ben.uid);
    ben.audio.mute(false);
    const heardAt = await eve.audio.hears(ben.uid, { frequencyHz: 660 });
    assert.ok(heardAt > (silentAt ?? Infinity));
  });

  it("is refused for listeners and speakers", async () => {
    const { ada, showId } = stage;
    await assert.rejects(eve.app.call(muteSpeaker, { showId, uid: ben.uid }), refusal("NOT_HOST"));
    await assert.rejects(ben.app.call(muteSpeaker, { showId, uid: ada.uid }), refusal("NOT_HOST"));
    await Promise.all([eve.audio.hears(ada.uid), eve.audio.hears(ben.uid)]);
    assert.deepEqual([ada.audio.muted, ben.audio.muted], [false, false]);
  });

  it("fails if LiveKit fails, and can then be repeated", async () => {
    const { ada, livekit, showId } = stage;
    await livekit.faults.set({ match: `MutePublishedTrack room=${showId}`, times: 1, status: 500 });
    await assert.rejects(
      ada.app.call(muteSpeaker, { showId, uid: ben.uid }),
      refusal("AUDIO_UNAVAILABLE"),
    );
    await eve.audio.hears(ben.uid);
    await ada.app.call(muteSpeaker, { showId, uid: ben.uid });
    await eve.audio.silentSince(ben.uid);
  });
});
