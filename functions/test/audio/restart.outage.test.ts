import assert from "node:assert/strict";
import { refusal } from "../../../test/support/refusal.js";
import { joinShow } from "../../src/contract/audience.js";
import { participantsRef } from "../../src/collections.js";
import { muteSpeaker, removeParticipant } from "../../src/contract/moderation.js";
import { checkShow, startShow } from "../../src/contract/shows.js";
import { decideSpeakRequest, setRole, setStageMode } from "../../src/contract/stage.js";
import { askToSpeak } from "../support/askToSpeak.js";
import { appOf, firestore, showIn, somebody } from "../support/backstage.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

/** LiveKit crashes and restarts without its rooms. */
describe("a show whose LiveKit crashes", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  let ben: Attendee;
  let dan: Attendee;
  let eve: Attendee;
  beforeEach(async () => {
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
    [ben, dan, eve] = await Promise.all([
      stage.speaker("Ben"),
      stage.listener("Dan"),
      stage.listener("Eve"),
    ]);
    await Promise.all([stage.ada.audio.speak(440), ben.audio.speak(660)]);
    await Promise.all([eve.audio.hears(stage.ada.uid), eve.audio.hears(ben.uid)]);
  });
  afterEach(() => stage.close());

  const states = async () =>
    new Map(
      (await participantsRef(firestore, stage.showId).get()).docs.map((person) => [
        person.id,
        person.data().state,
      ]),
    );
  const everybody = () => [stage.ada, ben, dan, eve];
  const allPresent = () => new Map(everybody().map(({ uid }) => [uid, "present"]));

  it("keeps everyone present, and they hear each other again with a fresh token", async () => {
    const { livekit, showId } = stage;
    await livekit.takeDown();
    await livekit.bringBack();
    assert.equal(await backdoor.rooms.look(showId), null);
    // All their apps find the room gone at the same time.
    await Promise.all(everybody().map(({ audio }) => audio.disconnect()));
    await Promise.all(everybody().map((attendee) => attendee.reconnect()));

    const since = performance.now();
    assert.equal(await stage.ada.audio.speak(550), "speaking");
    assert.equal(await ben.audio.speak(770), "speaking");
    for (const listener of [dan, eve]) {
      await listener.audio.hears(stage.ada.uid, { since, frequencyHz: 550 });
      await listener.audio.hears(ben.uid, { since, frequencyHz: 770 });
      assert.equal(await listener.audio.speak(), "refused");
    }
    await ben.audio.hears(stage.ada.uid, { since, frequencyHz: 550 });
    const byUid = (a: { uid: string }, b: { uid: string }) => a.uid.localeCompare(b.uid);
    const { connected = [] } = (await backdoor.rooms.look(showId)) ?? {};
    assert.deepEqual(
      connected.map(({ uid, role, canPublish }) => ({ uid, role, canPublish })).sort(byUid),
      [
        { uid: stage.ada.uid, role: "creator", canPublish: true },
        { uid: ben.uid, role: "speaker", canPublish: true },
        { uid: dan.uid, role: "listener", canPublish: false },
        { uid: eve.uid, role: "listener", canPublish: false },
      ].sort(byUid),
    );
    assert.deepEqual(await states(), allPresent());
  });

  it("lets a listener back in even if nobody on the stage reconnects", async () => {
    await stage.livekit.takeDown();
    await stage.livekit.bringBack();
    // Or else the others' clients come back by themselves.
    await Promise.all(everybody().map(({ audio }) => audio.disconnect()));
    await eve.reconnect();
    const room = await backdoor.rooms.look(stage.showId);
    assert.deepEqual(
      room?.connected.map(({ uid }) => uid),
      [eve.uid],
    );
    assert.deepEqual(await states(), allPresent());
  });

  it("applies decisions made during the outage to everyone who comes back", async () => {
    const { ada, livekit, showId } = stage;
    await askToSpeak(eve.app, showId);
    await livekit.takeDown();
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    await ada.app.call(removeParticipant, { showId, uid: dan.uid, ban: true });
    await ada.app.call(decideSpeakRequest, { showId, uid: eve.uid, decision: "accept" });
    await assert.rejects(
      ada.app.call(setStageMode, { showId, mode: "music" }),
      refusal("AUDIO_UNAVAILABLE"),
    );
    // A missing room cannot be created during the outage.
    await assert.rejects(eve.reconnect(), refusal("AUDIO_UNAVAILABLE"));
    await livekit.bringBack();
    await Promise.all(everybody().map(({ audio }) => audio.disconnect()));
    for (const attendee of [ada, ben, eve]) await attendee.reconnect();
    await assert.rejects(dan.reconnect(), refusal("BANNED"));

    assert.equal(await ben.audio.speak(660), "refused");
    assert.equal(await eve.audio.speak(880), "speaking");
    await ada.audio.hears(eve.uid, { frequencyHz: 880 });
    await ben.audio.hears(eve.uid, { frequencyHz: 880 });
    assert.equal(ada.audio.heardMs(ben.uid, { from: ada.audio.connectedAt }), 0);
    assert.deepEqual(await states(), allPresent().set(dan.uid, "removed"));
  });

  it("can be moderated while its room is gone", async () => {
    const { ada, livekit, showId } = stage;
    await livekit.takeDown();
    await livekit.bringBack();
    await ada.app.call(muteSpeaker, { showId, uid: ben.uid });
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    await ada.app.call(removeParticipant, { showId, uid: dan.uid });
    await ada.app.call(setStageMode, { showId, mode: "music" });
    assert.equal(await backdoor.rooms.look(showId), null);

    await Promise.all(everybody().map(({ audio }) => audio.disconnect()));
    await ada.reconnect();
    await eve.reconnect();
    assert.equal(await ada.audio.speak(440), "refused");
    await ada.app.call(setStageMode, { showId, mode: "talk" });
    await ada.audio.untilCanPublish(true);
    assert.equal(await ada.audio.speak(440), "speaking");
    await eve.audio.hears(ada.uid);
    assert.deepEqual(await states(), allPresent().set(dan.uid, "removed"));
  });

  it("corrects someone who reconnects with an old token, as LiveKit's client does by itself", async () => {
    const { ada, livekit, showId } = stage;
    await livekit.takeDown();
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    await livekit.bringBack();
    await Promise.all(everybody().map(({ audio }) => audio.disconnect()));
    await ada.reconnect();
    await eve.reconnect();
    // Ben makes no call: the token from the stage still opens the room.
    const { audio } = await dan.app.call(joinShow, { showId });
    await dan.connect(audio);
    const back = await ben.connect({ ...ben.access, ...(await mintedOnStage()) });
    await back.speak(660);
    await back.untilCanPublish(false);
    await ada.audio.speak(440);
    await eve.audio.hears(ada.uid);
    // Nothing, unless the machine is so busy that the webhook takes long.
    const heardMs = eve.audio.heardMs(ben.uid, { from: eve.audio.connectedAt });
    assert.ok(heardMs < 1_000, `heard for ${heardMs} ms`);
  });

  /** The token as LiveKit would have renewed it while Ben was on stage. */
  async function mintedOnStage(): Promise<{ token: string; url: string }> {
    const grant = {
      room: stage.showId,
      roomJoin: true,
      canPublish: true,
      canSubscribe: true,
      canPublishData: false,
    };
    return { token: await backdoor.mint(ben.uid, grant), url: backdoor.url };
  }

  it("prevents other shows from starting, reports it in the check, and lets them start after recovery", async () => {
    const cleo = await somebody("Cleo");
    const showId = await showIn("draft", cleo);
    const app = await appOf(cleo);
    await stage.livekit.takeDown();
    const lacksSound = async () => {
      const { problems } = await app.call(checkShow, { showId });
      return problems.some(({ reason }) => reason === "AUDIO_UNAVAILABLE");
    };
    assert.equal(await lacksSound(), true);
    await assert.rejects(app.call(startShow, { showId }), refusal("AUDIO_UNAVAILABLE"));
    await stage.livekit.bringBack();
    assert.equal(await lacksSound(), false);
    assert.equal((await app.call(startShow, { showId })).status, "live");
    await app.close();
  });
});
