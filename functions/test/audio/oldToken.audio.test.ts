import assert from "node:assert/strict";
import type { AudioClient } from "../../../local/audioClient/audioClient.js";
import { joinShow, leaveShow } from "../../src/contract/audience.js";
import { refreshAudio, type Audio } from "../../src/contract/audio.js";
import { removeParticipant } from "../../src/contract/moderation.js";
import { setRole } from "../../src/contract/stage.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

/** Listeners may still have buffered sound for this long after LiveKit removed the track. */
const CORRECTION_ARRIVES_MS = 200;

/**
 * LiveKit trusts the permissions in a token, which date from its creation. Ben keeps a token from
 * the stage, connects with it later and speaks immediately.
 */
describe("an old token", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  let ben: Attendee;
  let eve: Attendee;
  let token: Audio;
  beforeEach(async () => {
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
    [ben, eve] = await Promise.all([stage.speaker("Ben"), stage.listener("Eve")]);
    token = (await ben.app.call(refreshAudio, { showId: stage.showId })).audio;
    assert.equal(token.canPublish, true);
  });
  afterEach(() => stage.close());

  async function speaksAtOnce(): Promise<AudioClient> {
    const back = await ben.connect(token);
    await back.speak(660);
    return back;
  }

  /**
   * The server may disconnect Ben before the connection is complete. The client then only sees a
   * timeout, or learns of it late.
   */
  async function isPutOut(): Promise<void> {
    const { livekit, showId } = stage;
    await livekit.clearRequests();
    const end = speaksAtOnce().then(
      ({ disconnected }) => disconnected,
      () => undefined,
    );
    const followed = eventually("that the functions processed Ben's connection", async () =>
      (await livekit.requests()).find(
        ({ event, identity, status }) =>
          event === "participant_joined" && identity === ben.uid && status === 200,
      ),
    );
    await Promise.race([end, followed]);
    await eventually("that Ben is not in the room", async () =>
      (await backdoor.rooms.find(showId, ben.uid)) ? undefined : true,
    );
    await eve.audio.until(() => (eve.audio.others().includes(ben.uid) ? undefined : true));
  }

  /**
   * Asserts that Eve, who hears the creator, no longer hears Ben. LiveKit admits Ben before its
   * webhook arrives. How long Ben is heard until then depends on the machine; the test's title
   * reports it.
   */
  async function assertUnheard(test: Mocha.Runnable | undefined): Promise<void> {
    const since = performance.now() + CORRECTION_ARRIVES_MS;
    await stage.ada.audio.speak(440);
    await eve.audio.silentSince(ben.uid, { since });
    await eve.audio.hears(stage.ada.uid, { since });
    assert.equal(eve.audio.heardMs(ben.uid, { from: since }), 0);
    if (test) test.title += ` (heard for ${eve.audio.heardMs(ben.uid)} ms)`;
  }

  it("lets someone speak who is still on stage", async () => {
    await speaksAtOnce();
    await eve.audio.hears(ben.uid, { frequencyHz: 660 });
  });

  it("from before a demotion loses its permission before anything is said", async () => {
    const { ada, showId } = stage;
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    const back = await ben.connect(token);
    await back.untilCanPublish(false);
    assert.equal(await back.speak(660), "refused");
  });

  it("from before a demotion does not let its owner be heard", async function () {
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

  it("from before leaving is disconnected", async function () {
    await ben.app.call(leaveShow, { showId: stage.showId });
    await isPutOut();
    await assertUnheard(this.test);
  });

  it("from before leaving does not let someone speak who rejoined as a listener", async function () {
    const { showId } = stage;
    await ben.app.call(leaveShow, { showId });
    await ben.app.call(joinShow, { showId });
    const back = await speaksAtOnce();
    await back.untilCanPublish(false);
    await assertUnheard(this.test);
    assert.equal(back.connected, true);
  });

  it("from before a removal or a ban is disconnected", async function () {
    const { ada, showId } = stage;
    for (const ban of [false, true]) {
      await ada.app.call(removeParticipant, { showId, uid: ben.uid, ban });
      await isPutOut();
    }
    await assertUnheard(this.test);
  });

  it("is corrected each time it is used", async function () {
    const { ada, showId } = stage;
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    for (let times = 0; times < 3; times += 1) {
      const back = await speaksAtOnce();
      await back.untilCanPublish(false);
    }
    await assertUnheard(this.test);
  });
});
