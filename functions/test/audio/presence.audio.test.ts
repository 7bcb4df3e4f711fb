import { doc, serverTimestamp, setDoc } from "firebase/firestore";
import assert from "node:assert/strict";
import { joinShow, participantDocument } from "../../src/contract/audience.js";
import { feedDocument } from "../../src/contract/feed.js";
import { participantRef, speakRequestRef } from "../../src/collections.js";
import { setRole } from "../../src/contract/stage.js";
import { speakRequestDocument } from "../../src/contract/stage.js";
import { askToSpeak } from "../support/askToSpeak.js";
import { firestore } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

/** Nobody calls `leaveShow` here: LiveKit tells who comes and goes. */
describe("presence by LiveKit's webhooks", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  let ben: Attendee;
  let eve: Attendee;
  beforeEach(async () => {
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
    [ben, eve] = [await stage.speaker("Ben"), await stage.listener("Eve")];
  });
  afterEach(() => stage.close());

  const placeOf = ({ uid }: Attendee) =>
    eve.watch(`shows/${stage.showId}/participants/${uid}`, participantDocument);
  const stateOf = async ({ uid }: Attendee) =>
    (await participantRef(firestore, stage.showId, uid).get()).data()?.state;
  /** The functions have followed an event of his: it was told and answered. */
  const followed = (event: string, { uid }: Attendee, times = 1) =>
    eventually(`${times} ${event} of ${uid}, followed`, async () => {
      const told = (await stage.livekit.requests()).filter(
        (passage) =>
          passage.event === event &&
          passage.identity === uid &&
          passage.room === stage.showId &&
          passage.status === 200,
      );
      return told.length >= times ? told : undefined;
    });

  it("takes one for gone whose connection closed: off the stage, his request cancelled, not counted", async () => {
    const dan = await stage.listener("Dan");
    await askToSpeak(dan.app, stage.showId);
    const feed = eve.watch(`shows/${stage.showId}/feed/latest`, feedDocument);
    await feed.first((latest) => latest?.audience.listeners === 3);
    const request = stage.ada.watch(
      `shows/${stage.showId}/speakRequests/${dan.uid}`,
      speakRequestDocument,
    );
    await Promise.all([ben.audio.disconnect(), dan.audio.disconnect()]);

    const bens = await placeOf(ben).first((place) => place?.state === "left");
    assert.deepEqual([bens?.role, bens?.canPublish], ["listener", false]);
    await placeOf(dan).first((place) => place?.state === "left");
    await request.first((asked) => asked?.status === "cancelled");
    await feed.first((latest) => latest?.audience.listeners === 1);
    assert.equal(await stateOf(eve), "present");
    assert.equal(await stateOf(stage.ada), "present");
  });

  it("lets one come back who was gone, as a listener", async () => {
    await ben.audio.disconnect();
    await placeOf(ben).first((place) => place?.state === "left");
    const { role, audio } = await ben.app.call(joinShow, { showId: stage.showId });
    assert.equal(role, "listener");
    await ben.connect(audio);
    await followed("participant_joined", ben, 2);
    assert.equal(await stateOf(ben), "present");
  });

  it("keeps one present, and on the stage, who is cut off and comes back", async () => {
    await ben.audio.speak(660);
    await eve.audio.hears(ben.uid);
    for (const what of ["signal", "all"] as const) {
      const since = performance.now();
      await ben.audio.cut(what);
      assert.equal(ben.audio.connected, true);
      await eve.audio.hears(ben.uid, { since });
    }
    // Another goes later: when he is found gone, Ben was looked for before.
    const dan = await stage.listener("Dan");
    await dan.audio.disconnect();
    await placeOf(dan).first((place) => place?.state === "left");
    const { state, role, canPublish } =
      (await participantRef(firestore, stage.showId, ben.uid).get()).data() ?? {};
    assert.deepEqual([state, role, canPublish], ["present", "speaker", true]);
    await eve.audio.hears(ben.uid);
  });

  it("keeps one present who connects with another device before the first one goes", async () => {
    const first = ben.audio;
    const second = await ben.reconnect();
    assert.equal((await first.disconnected).reason, "DUPLICATE_IDENTITY");
    await followed("participant_joined", ben, 2);
    await followed("participant_left", ben);
    const dan = await stage.listener("Dan");
    await dan.audio.disconnect();
    await placeOf(dan).first((place) => place?.state === "left");
    assert.equal(await stateOf(ben), "present");
    assert.equal(await second.speak(660), "speaking");
    await eve.audio.hears(ben.uid);
  });

  it("keeps one present, for a minute, whose app gives signs of life without sound", async () => {
    const dan = await stage.listener("Dan");
    const activity = doc(ben.app.db, `shows/${stage.showId}/activity/${ben.uid}`);
    await setDoc(activity, { seenAt: serverTimestamp() }, { merge: true });
    await ben.audio.disconnect();
    await followed("participant_left", ben);
    await dan.audio.disconnect();
    await placeOf(dan).first((place) => place?.state === "left");
    assert.equal(await stateOf(ben), "present");
  });

  it("follows each event once, however often it is told", async () => {
    const dan = await stage.listener("Dan");
    await askToSpeak(dan.app, stage.showId);
    await stage.livekit.faults.set({ match: "POST /webhook", times: 1_000, duplicate: 3 });
    await dan.audio.disconnect();
    const place = await placeOf(dan).first((seen) => seen?.state === "left");
    await followed("participant_left", dan, 4);
    const { leftAt } = (await participantRef(firestore, stage.showId, dan.uid).get()).data() ?? {};
    assert.equal(leftAt?.toMillis(), place?.leftAt?.toMillis(), "he left once");
    const asked = (await speakRequestRef(firestore, stage.showId, dan.uid).get()).data();
    assert.equal(asked?.status, "cancelled");

    // And what comes when he is back already says nothing of now.
    await dan.connect((await dan.app.call(joinShow, { showId: stage.showId })).audio);
    await followed("participant_joined", dan, 5);
    assert.equal(await stateOf(dan), "present");
    const feed = eve.watch(`shows/${stage.showId}/feed/latest`, feedDocument);
    await feed.first((latest) => latest?.audience.listeners === 3);
  });

  it("comes to the same when the events were held back and are told in reverse", async () => {
    const { livekit, showId } = stage;
    await livekit.faults.set({ match: "POST /webhook", times: 1_000, hold: true });
    const dan = await stage.listener("Dan");
    // Dan comes, goes, comes and goes; Ben goes and comes.
    await dan.audio.disconnect();
    await dan.reconnect();
    await dan.audio.disconnect();
    await ben.audio.disconnect();
    await ben.reconnect();
    await eventually("every event at the proxy", async () => {
      const held = (await livekit.requests()).filter(({ room }) => room === showId);
      const count = (event: string, { uid }: Attendee) =>
        held.filter((one) => one.event === event && one.identity === uid).length;
      return count("participant_left", dan) === 2 &&
        count("participant_left", ben) === 1 &&
        count("participant_joined", ben) === 2
        ? true
        : undefined;
    });
    assert.equal(await stateOf(dan), "present", "nothing was told yet");
    await livekit.faults.clear();
    await livekit.release("reversed");

    await placeOf(dan).first((place) => place?.state === "left");
    assert.equal(await stateOf(ben), "present");
    assert.equal((await placeOf(ben).first(() => true))?.role, "speaker");
    assert.equal(await ben.audio.speak(660), "speaking");
    await eve.audio.hears(ben.uid);
  });

  it("hears of a demoted one's old token also late", async () => {
    const { ada, livekit, showId } = stage;
    const grant = { room: showId, roomJoin: true, canPublish: true, canSubscribe: true };
    const old = { url: backdoor.url, token: await backdoor.mint(ben.uid, grant) };
    await livekit.faults.set({ match: "POST /webhook", times: 1_000, hold: true });
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    await ben.audio.untilCanPublish(false);
    const back = await ben.connect(old);
    assert.equal(back.permissions.at(-1)?.canPublish, true, "LiveKit goes by the token");
    await livekit.faults.clear();
    await livekit.release();
    await back.untilCanPublish(false);
    assert.equal(await back.speak(660), "refused");
  });
});
