import assert from "node:assert/strict";
import type { AudioClient } from "../../../local/audioClient/audioClient.js";
import { joinShow, leaveShow } from "../../src/audience/schema.js";
import { refreshAudio, type Audio } from "../../src/audio/schema.js";
import { removeParticipant } from "../../src/moderation/schema.js";
import { setRole } from "../../src/stage/schema.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

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

  /** Often before he is quite in, and then his client only learns that nobody answers. */
  async function isPutOut(): Promise<void> {
    const { livekit, showId } = stage;
    await livekit.clearRequests();
    speaksAtOnce().catch(() => undefined);
    await eventually("that he came in, and the functions were told", async () =>
      (await livekit.requests()).find(
        ({ event, identity, status }) =>
          event === "participant_joined" && identity === ben.uid && status === 200,
      ),
    );
    assert.equal(await backdoor.rooms.find(showId, ben.uid), null);
    await eve.audio.until(() => (eve.audio.others().includes(ben.uid) ? undefined : true));
  }

  /** Eve, who hears the creator, has not heard Ben. */
  async function assertUnheard(): Promise<void> {
    const since = performance.now();
    await stage.ada.audio.speak(440);
    await eve.audio.hears(stage.ada.uid, { since });
    assert.equal(eve.audio.heardMs(ben.uid), 0, JSON.stringify(eve.audio.intervals(ben.uid)));
  }

  it("opens the stage to one who is still on it", async () => {
    await speaksAtOnce();
    await eve.audio.hears(ben.uid, { frequencyHz: 660 });
  });

  it("from before a demotion lets nobody be heard", async () => {
    const { ada, showId } = stage;
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    const back = await speaksAtOnce();
    await back.untilCanPublish(false);
    assert.equal(await back.speak(660), "refused");
    await assertUnheard();
    assert.deepEqual(await backdoor.rooms.find(showId, ben.uid), {
      uid: ben.uid,
      role: "listener",
      canPublish: false,
      tracks: [],
    });
  });

  it("from before leaving lets nobody in", async () => {
    await ben.app.call(leaveShow, { showId: stage.showId });
    await isPutOut();
    await assertUnheard();
  });

  it("from before leaving lets nobody speak who came again as listener", async () => {
    const { showId } = stage;
    await ben.app.call(leaveShow, { showId });
    await ben.app.call(joinShow, { showId });
    const back = await speaksAtOnce();
    await back.untilCanPublish(false);
    await assertUnheard();
    assert.equal(back.connected, true);
  });

  it("from before a removal or a ban lets nobody in", async () => {
    const { ada, showId } = stage;
    for (const ban of [false, true]) {
      await ada.app.call(removeParticipant, { showId, uid: ben.uid, ban });
      await isPutOut();
    }
    await assertUnheard();
  });

  it("gives way to the documents however often it is used", async () => {
    const { ada, showId } = stage;
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    for (let times = 0; times < 5; times += 1) {
      const back = await speaksAtOnce();
      await back.untilCanPublish(false);
    }
    await assertUnheard();
  });
});
