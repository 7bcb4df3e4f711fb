import assert from "node:assert/strict";
import { participantDocument } from "../../src/contract/audience.js";
import { feedDocument } from "../../src/contract/feed.js";
import { refreshAudio } from "../../src/contract/audio.js";
import { participantRef, speakRequestRef } from "../../src/collections.js";
import { setRole } from "../../src/contract/stage.js";
import { askToSpeak } from "../support/askToSpeak.js";
import { firestore } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";
import { PRESENCE_GRACE_MS, sweeping } from "../support/sweeping.js";

/** LiveKit's webhooks are all lost, so the sweep must discover what happens. */
describe("a show whose webhooks are lost", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  let ben: Attendee;
  let eve: Attendee;
  beforeEach(async () => {
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
    [ben, eve] = await Promise.all([stage.speaker("Ben"), stage.listener("Eve")]);
    // With status 200, LiveKit considers them delivered and does not retry.
    await stage.livekit.faults.set({ match: "POST /webhook", times: 10_000, status: 200 });
  });
  afterEach(() => stage.close());

  const reconcile = (laterMs: number) => sweeping(stage.showId, backdoor).reconcile(laterMs);
  const stateOf = async ({ uid }: Attendee) =>
    (await participantRef(firestore, stage.showId, uid).get()).data()?.state;
  const isGoneFromRoom = ({ uid }: Attendee) =>
    eventually(`that ${uid} is not in the room`, async () =>
      (await backdoor.rooms.find(stage.showId, uid)) ? undefined : true,
    );
  const tried = (event: string, { uid }: Attendee) =>
    eventually(`the lost ${event} of ${uid}`, async () =>
      (await stage.livekit.requests()).find(
        (passage) => passage.event === event && passage.identity === uid,
      ),
    );

  it("marks lost exactly those who have disconnected", async () => {
    const dan = await stage.listener("Dan");
    await askToSpeak(dan.app, stage.showId);
    const feed = eve.watch(`shows/${stage.showId}/feed/latest`, feedDocument);
    await feed.first((latest) => latest?.audience.listeners === 3);
    await Promise.all([ben.audio.disconnect(), dan.audio.disconnect()]);
    await Promise.all([ben, dan].map((gone) => tried("participant_left", gone)));
    await Promise.all([ben, dan].map(isGoneFromRoom));

    // LiveKit never reported Dan, whose lease has expired. Ben was connected, so Ben has the grace
    // period to come back.
    await reconcile(PRESENCE_GRACE_MS);
    assert.deepEqual(await Promise.all([ben, dan].map(stateOf)), ["present", "lost"]);
    await reconcile(2 * PRESENCE_GRACE_MS + 10_000);
    assert.deepEqual(await Promise.all([ben, dan].map(stateOf)), ["lost", "lost"]);
    assert.deepEqual(await Promise.all([stage.ada, eve].map(stateOf)), ["present", "present"]);
    const request = (await speakRequestRef(firestore, stage.showId, dan.uid).get()).data();
    assert.equal(request?.status, "cancelled");
    await feed.first((latest) => latest?.audience.listeners === 1);
    const bens = eve.watch(`shows/${stage.showId}/participants/${ben.uid}`, participantDocument);
    assert.equal((await bens.first(() => true))?.canPublish, false);
  });

  it("corrects someone who joined in the meantime with an old token", async () => {
    const { ada, showId } = stage;
    const { audio } = await ben.app.call(refreshAudio, { showId });
    await ada.app.call(setRole, { showId, uid: ben.uid, role: "listener" });
    const back = await ben.connect(audio);
    await tried("participant_joined", ben);
    assert.equal(await back.speak(660), "speaking", "the functions do not know yet");
    await eve.audio.hears(ben.uid);
    await reconcile(0);
    await back.untilCanPublish(false);
    await eve.audio.silentSince(ben.uid);
    assert.deepEqual(await backdoor.rooms.find(showId, ben.uid), {
      uid: ben.uid,
      role: "listener",
      canPublish: false,
      tracks: [],
    });
    assert.equal(await stateOf(ben), "present");
  });

  it("disconnects an intruder who speaks", async () => {
    const grant = { room: stage.showId, roomJoin: true, canPublish: true, canSubscribe: true };
    const gus = await stage.outsider("Gus");
    const token = await backdoor.mint(gus.uid, grant);
    const intruder = await ben.connect({ url: backdoor.url, token });
    assert.equal(await intruder.speak(660), "speaking");
    await eve.audio.hears(gus.uid);
    await reconcile(0);
    assert.equal((await intruder.disconnected).reason, "PARTICIPANT_REMOVED");
    await eve.audio.silentSince(gus.uid);
  });

  it("disconnects a listener who never joined, even though their permissions are correct", async () => {
    const gus = await stage.outsider("Gus");
    const grant = { room: stage.showId, roomJoin: true, canPublish: false, canSubscribe: true };
    const metadata = { role: "listener", canPublish: false } as const;
    const intruder = await ben.connect({
      url: backdoor.url,
      token: await backdoor.mint(gus.uid, grant),
    });
    await backdoor.rooms.permit(stage.showId, gus.uid, metadata);
    await reconcile(PRESENCE_GRACE_MS);
    assert.equal((await intruder.disconnected).reason, "PARTICIPANT_REMOVED");
  });

  it("recreates a missing room and marks nobody absent", async () => {
    await backdoor.service.deleteRoom(stage.showId);
    assert.equal((await ben.audio.disconnected).reason, "ROOM_DELETED");
    await reconcile(PRESENCE_GRACE_MS + 1_000);
    assert.notEqual(await backdoor.rooms.look(stage.showId), null);
    await reconcile(0);
    assert.deepEqual(await Promise.all([stage.ada, ben, eve].map(stateOf)), [
      "present",
      "present",
      "present",
    ]);
    await Promise.all([ben.reconnect(), eve.reconnect()]);
    assert.equal(await ben.audio.speak(660), "speaking");
    await eve.audio.hears(ben.uid);
  });

  it("marks nobody absent while LiveKit does not answer", async () => {
    await ben.audio.disconnect();
    await stage.livekit.takeDown();
    await assert.rejects(reconcile(PRESENCE_GRACE_MS + 1_000), { reason: "AUDIO_UNAVAILABLE" });
    assert.deepEqual(await Promise.all([stage.ada, ben, eve].map(stateOf)), [
      "present",
      "present",
      "present",
    ]);
  });
});
