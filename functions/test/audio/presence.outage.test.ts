import { doc, serverTimestamp, setDoc } from "firebase/firestore";
import { Timestamp } from "firebase-admin/firestore";
import assert from "node:assert/strict";
import { joinShow, leaveShow, participantDocument } from "../../src/contract/audience.js";
import { feedDocument } from "../../src/contract/feed.js";
import { leaseRef, participantRef } from "../../src/collections.js";
import { decideSpeakRequest, setRole, speakRequestDocument } from "../../src/contract/stage.js";
import { askToSpeak } from "../support/askToSpeak.js";
import { firestore } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";
import { PRESENCE_GRACE_MS, sweeping, type Sweeping } from "../support/sweeping.js";

/**
 * LiveKit's webhooks report connects and disconnects. The sweep marks people absent when their
 * lease has expired.
 */
describe("presence from LiveKit's webhooks", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  let ben: Attendee;
  let eve: Attendee;
  let sweep: Sweeping;
  beforeEach(async () => {
    [stage, backdoor] = await Promise.all([openSoundstage({ maxSpeakers: 1 }), livekitBackdoor()]);
    sweep = sweeping(stage.showId, backdoor);
    [ben, eve] = await Promise.all([stage.speaker("Ben"), stage.listener("Eve")]);
  });
  afterEach(() => stage.close());

  const placeOf = ({ uid }: Attendee) =>
    eve.watch(`shows/${stage.showId}/participants/${uid}`, participantDocument);
  const stateOf = async ({ uid }: Attendee) =>
    (await participantRef(firestore, stage.showId, uid).get()).data()?.state;
  /** Waits until the functions have processed the event `times` times. */
  const followed = (event: string, { uid }: Attendee, times = 1) =>
    eventually(`${times} processed ${event} of ${uid}`, async () => {
      const events = (await stage.livekit.requests()).filter(
        (passage) =>
          passage.event === event &&
          passage.identity === uid &&
          passage.room === stage.showId &&
          passage.status === 200,
      );
      return events.length >= times ? events : undefined;
    });

  /**
   * Disconnects people after their arrival was processed, because LiveKit reports no departure
   * otherwise.
   */
  const disconnect = async (...people: Attendee[]) => {
    await Promise.all(people.map((person) => followed("participant_joined", person)));
    await stage.livekit.clearRequests();
    await Promise.all(people.map(({ audio }) => audio.disconnect()));
    await Promise.all(people.map((person) => followed("participant_left", person)));
  };
  /** Disconnects people and sweeps until their lease has expired and they are marked lost. */
  const isLost = async (...people: Attendee[]) => {
    await disconnect(...people);
    await sweep.reconcile(PRESENCE_GRACE_MS - 30_000);
    for (const person of people) assert.equal(await stateOf(person), "present");
    await sweep.reconcile(PRESENCE_GRACE_MS + 1_000);
    for (const person of people) assert.equal(await stateOf(person), "lost");
  };

  it("marks people lost after the lease expires: off stage, request cancelled, not counted", async () => {
    const dan = await stage.listener("Dan");
    await askToSpeak(dan.app, stage.showId);
    const feed = eve.watch(`shows/${stage.showId}/feed/latest`, feedDocument);
    await feed.first((latest) => latest?.audience.listeners === 3);
    const request = stage.ada.watch(
      `shows/${stage.showId}/speakRequests/${dan.uid}`,
      speakRequestDocument,
    );
    await isLost(ben, dan);
    const bens = await placeOf(ben).first((place) => place?.state === "lost");
    assert.deepEqual([bens?.role, bens?.canPublish], ["speaker", false]);
    await request.first((found) => found?.status === "cancelled");
    await feed.first((latest) => latest?.audience.listeners === 1);
    assert.deepEqual([await stateOf(eve), await stateOf(stage.ada)], ["present", "present"]);
  });

  it("restores a lost participant's role, or makes them a listener if the seat is taken", async () => {
    const { ada, showId } = stage;
    await isLost(ben);
    const back = await ben.app.call(joinShow, { showId });
    assert.deepEqual([back.role, back.audio.canPublish], ["speaker", true]);
    await ben.connect(back.audio);
    assert.equal(await ben.audio.speak(660), "speaking");
    await eve.audio.hears(ben.uid);

    await isLost(ben);
    await askToSpeak(eve.app, showId);
    await ada.app.call(decideSpeakRequest, { showId, uid: eve.uid, decision: "accept" });
    const late = await ben.app.call(joinShow, { showId });
    assert.deepEqual([late.role, late.audio.canPublish], ["listener", false]);
    await ben.connect(late.audio);
    assert.equal(await ben.audio.speak(660), "refused");
  });

  it("disconnects a speaker who leaves at once and a listener at the next sweep, while others keep hearing", async () => {
    const { showId } = stage;
    const dan = await stage.listener("Dan");
    assert.equal(await ben.audio.speak(660), "speaking");
    await eve.audio.hears(ben.uid);
    await Promise.all([ben, dan].map(({ app }) => app.call(leaveShow, { showId })));
    assert.equal((await ben.audio.disconnected).reason, "PARTICIPANT_REMOVED");
    await eve.audio.silentSince(ben.uid);
    assert.equal(dan.audio.connected, true);
    await sweep.reconcile();
    assert.equal((await dan.audio.disconnected).reason, "PARTICIPANT_REMOVED");
    assert.deepEqual([await stateOf(ben), await stateOf(dan)], ["left", "left"]);
    await stage.ada.audio.speak(440);
    await eve.audio.hears(stage.ada.uid);
  });

  it("keeps someone present and on stage who is cut off and reconnects", async () => {
    await ben.audio.speak(660);
    await eve.audio.hears(ben.uid);
    for (const what of ["signal", "all"] as const) {
      const since = performance.now();
      await ben.audio.cut(what);
      assert.equal(ben.audio.connected, true);
      await eve.audio.hears(ben.uid, { since });
    }
    await sweep.reconcile(PRESENCE_GRACE_MS + 1_000);
    const { state, role, canPublish } =
      (await participantRef(firestore, stage.showId, ben.uid).get()).data() ?? {};
    assert.deepEqual([state, role, canPublish], ["present", "speaker", true]);
    await eve.audio.hears(ben.uid);
  });

  it("keeps someone present who connects with a second device before the first disconnects", async () => {
    const first = ben.audio;
    const second = await ben.reconnect();
    assert.equal((await first.disconnected).reason, "DUPLICATE_IDENTITY");
    await followed("participant_joined", ben, 2);
    await followed("participant_left", ben);
    await sweep.reconcile(PRESENCE_GRACE_MS + 1_000);
    assert.equal(await stateOf(ben), "present");
    assert.equal(await second.speak(660), "speaking");
    await eve.audio.hears(ben.uid);
  });

  it("keeps someone present whose app sends heartbeats without sound", async () => {
    const dan = await stage.listener("Dan");
    await disconnect(ben, dan);
    // Both leases have expired, but Ben's app has just sent a heartbeat.
    const aliveUntil = Timestamp.now();
    for (const { uid } of [ben, dan]) {
      await leaseRef(firestore, stage.showId, uid).update({ aliveUntil });
    }
    const activity = doc(ben.app.db, `shows/${stage.showId}/activity/${ben.uid}`);
    await setDoc(activity, { seenAt: serverTimestamp() }, { merge: true });
    await sweep.reconcile();
    assert.deepEqual([await stateOf(ben), await stateOf(dan)], ["present", "lost"]);
  });

  it("processes each event once, however often it is delivered", async () => {
    const { livekit, showId } = stage;
    const dan = await stage.listener("Dan");
    await followed("participant_joined", dan);
    await livekit.faults.set({ match: "POST /webhook", times: 1_000, duplicate: 3 });
    await dan.audio.disconnect();
    await followed("participant_left", dan, 4);
    await dan.connect((await dan.app.call(joinShow, { showId })).audio);
    await followed("participant_joined", dan, 5);
    const lease = (await leaseRef(firestore, showId, dan.uid).get()).data();
    assert.equal(lease?.aliveUntil, null, "connected, whatever arrived late");
    await sweep.reconcile(PRESENCE_GRACE_MS + 1_000);
    assert.equal(await stateOf(dan), "present");
  });

  it("gives the same result when events are delayed and delivered in reverse", async () => {
    const { livekit, showId } = stage;
    await livekit.faults.set({ match: "POST /webhook", times: 1_000, hold: true });
    const dan = await stage.listener("Dan");
    const held = (event: string, { uid }: Attendee, times: number) =>
      eventually(`${times} ${event} of ${uid} at the proxy`, async () => {
        const events = (await livekit.requests()).filter(
          (one) => one.room === showId && one.event === event && one.identity === uid,
        );
        return events.length >= times ? events : undefined;
      });
    // Dan connects, disconnects, connects and disconnects; Ben disconnects and connects.
    await held("participant_joined", dan, 1);
    await dan.audio.disconnect();
    await dan.reconnect();
    await held("participant_joined", dan, 2);
    await dan.audio.disconnect();
    await ben.audio.disconnect();
    await ben.reconnect();
    await held("participant_left", dan, 2);
    await held("participant_left", ben, 1);
    await held("participant_joined", ben, 2);
    assert.equal(await stateOf(dan), "present", "no event was delivered yet");
    await livekit.faults.clear();
    await livekit.release("reversed");

    await followed("participant_left", dan, 2);
    await followed("participant_joined", ben, 2);
    await followed("participant_left", ben);
    await sweep.reconcile(PRESENCE_GRACE_MS + 1_000);
    assert.deepEqual([await stateOf(dan), await stateOf(ben)], ["lost", "present"]);
    assert.equal((await placeOf(ben).first(() => true))?.role, "speaker");
    assert.equal(await ben.audio.speak(660), "speaking");
    await eve.audio.hears(ben.uid);
  });

  it("corrects a demoted speaker's old token even when the event arrives late", async () => {
    const { ada, livekit, showId } = stage;
    const grant = { room: showId, roomJoin: true, canPublish: true, canSubscribe: true };
    const old = { url: backdoor.url, token: await backdoor.mint(ben.uid, grant) };
    await livekit.faults.set({ match: "POST /webhook", times: 1_000, hold: true });
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    await ben.audio.untilCanPublish(false);
    const back = await ben.connect(old);
    assert.equal(back.permissions.at(-1)?.canPublish, true, "LiveKit trusts the token");
    await livekit.faults.clear();
    await livekit.release();
    await back.untilCanPublish(false);
    assert.equal(await back.speak(660), "refused");
  });
});
