import assert from "node:assert/strict";
import type { AudioClient } from "../../../local/audioClient/audioClient.js";
import { joinShow, leaveShow } from "../../src/contract/audience.js";
import { refreshAudio, type Audio } from "../../src/contract/audio.js";
import { removeParticipant } from "../../src/contract/moderation.js";
import { setRole } from "../../src/contract/stage.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

/** What LiveKit has taken away, listeners' phones may still hold for a moment. */
const CORRECTION_ARRIVES_MS = 200;

/**
 * A token says what held when it was made, and LiveKit goes by it: so Ben keeps one from his time on
 * the stage, comes in with it later, and speaks at once.
 */
describe("a token of another time", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  let ben: Attendee;
  let eve: Attendee;
  let token: Audio;
  beforeEach(async () => {
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
    [ben, eve] = [await stage.speaker("Ben"), await stage.listener("Eve")];
    token = (await ben.app.call(refreshAudio, { showId: stage.showId })).audio;
    assert.equal(token.canPublish, true);
  });
  afterEach(() => stage.close());

  async function speaksAtOnce(): Promise<AudioClient> {
    const back = await ben.connect(token);
    await back.speak(660);
    return back;
  }

  /** Often before he is quite in: then his client only learns that nobody answers, or it is told late. */
  async function isPutOut(): Promise<void> {
    const { livekit, showId } = stage;
    await livekit.clearRequests();
    const end = speaksAtOnce().then(
      ({ disconnected }) => disconnected,
      () => undefined,
    );
    const followed = eventually("that the functions were told of him", async () =>
      (await livekit.requests()).find(
        ({ event, identity, status }) =>
          event === "participant_joined" && identity === ben.uid && status === 200,
      ),
    );
    await Promise.race([end, followed]);
    await eventually("that he is not in the room", async () =>
      (await backdoor.rooms.find(showId, ben.uid)) ? undefined : true,
    );
    await eve.audio.until(() => (eve.audio.others().includes(ben.uid) ? undefined : true));
  }

  /**
   * Eve, who hears the creator, does not hear Ben from here on. LiveKit lets him in and tells of it; what
   * she heard before the functions had followed that is in the test's name: it hangs on the machine.
   */
  async function assertUnheard(test: Mocha.Runnable | undefined): Promise<void> {
    const since = performance.now() + CORRECTION_ARRIVES_MS;
    await stage.ada.audio.speak(440);
    await eve.audio.silentSince(ben.uid, { since });
    await eve.audio.hears(stage.ada.uid, { since });
    assert.equal(eve.audio.heardMs(ben.uid, { from: since }), 0);
    if (test) test.title += ` (heard for ${eve.audio.heardMs(ben.uid)} ms)`;
  }

  it("opens the stage to one who is still on it", async () => {
    await speaksAtOnce();
    await eve.audio.hears(ben.uid, { frequencyHz: 660 });
  });

  it("from before a demotion has lost its right before anything is said with it", async () => {
    const { ada, showId } = stage;
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    const back = await ben.connect(token);
    await back.untilCanPublish(false);
    assert.equal(await back.speak(660), "refused");
  });

  it("from before a demotion lets nobody be heard", async function () {
    const { ada, showId } = stage;
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    const back = await speaksAtOnce();
    await back.untilCanPublish(false);
    assert.equal(await back.speak(660), "refused");
    await assertUnheard(this.test);
    assert.deepEqual(await backdoor.rooms.find(showId, ben.uid), {
      uid: ben.uid,
      role: "listener",
      canPublish: false,
      tracks: [],
    });
  });

  it("from before leaving lets nobody in", async function () {
    await ben.app.call(leaveShow, { showId: stage.showId });
    await isPutOut();
    await assertUnheard(this.test);
  });

  it("from before leaving lets nobody speak who came again as listener", async function () {
    const { showId } = stage;
    await ben.app.call(leaveShow, { showId });
    await ben.app.call(joinShow, { showId });
    const back = await speaksAtOnce();
    await back.untilCanPublish(false);
    await assertUnheard(this.test);
    assert.equal(back.connected, true);
  });

  it("from before a removal or a ban lets nobody in", async function () {
    const { ada, showId } = stage;
    for (const ban of [false, true]) {
      await ada.app.call(removeParticipant, { showId, uid: ben.uid, ban });
      await isPutOut();
    }
    await assertUnheard(this.test);
  });

  it("gives way to the documents however often it is used", async function () {
    const { ada, showId } = stage;
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    for (let times = 0; times < 5; times += 1) {
      const back = await speaksAtOnce();
      await back.untilCanPublish(false);
    }
    await assertUnheard(this.test);
  });
});
