import assert from "node:assert/strict";
import { joinShow } from "../../src/contract/audience.js";
import { participantRef, showRef } from "../../src/collections.js";
import { endShow, showDocument } from "../../src/contract/shows.js";
import { setStageMode } from "../../src/contract/stage.js";
import { refusal } from "../../../test/support/refusal.js";
import { firestore } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";
import { HOST_GRACE_MS, PRESENCE_GRACE_MS, sweeping } from "../support/sweeping.js";

const LEASE_OVER_MS = PRESENCE_GRACE_MS + 5_000;

/**
 * The sweep marks absent people and hands over the lead. Here it runs with a clock that is ahead.
 */
describe("a show whose creator disconnects", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  let cleo: Attendee;
  let eve: Attendee;
  beforeEach(async () => {
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
    eve = await stage.listener("Eve");
  });
  afterEach(() => stage.close());

  const show = () => eve.watch(`shows/${stage.showId}`, showDocument);
  const leftAt = async ({ uid }: Attendee) =>
    (await participantRef(firestore, stage.showId, uid).get()).data()?.leftAt?.toMillis() ?? NaN;
  const sweep = (laterMs: number) => sweeping(stage.showId, backdoor).sweep(laterMs);
  /** Disconnects a person and marks them absent; resolves with the clock's lead in milliseconds. */
  async function goes(person: Attendee, sinceMs = 0): Promise<number> {
    await person.audio.disconnect();
    await eventually(`the processed departure of ${person.uid}`, async () =>
      (await stage.livekit.requests()).find(
        ({ event, identity, status }) =>
          event === "participant_left" && identity === person.uid && status === 200,
      ),
    );
    const laterMs = sinceMs + LEASE_OVER_MS;
    await sweep(laterMs);
    return laterMs;
  }
  async function isGoneForTheGrace(person: Attendee, sinceMs = 0): Promise<number> {
    const laterMs = (await goes(person, sinceMs)) + HOST_GRACE_MS;
    await sweep(laterMs - LEASE_OVER_MS / 2);
    assert.equal((await showRef(firestore, stage.showId).get()).data()?.hostUid, person.uid);
    await sweep(laterMs);
    return laterMs;
  }
  async function comesBack(person: Attendee): Promise<void> {
    const { audio } = await person.app.call(joinShow, { showId: stage.showId });
    await person.connect(audio);
  }

  it("is led by a cohost with the leader's permissions after the grace period", async () => {
    cleo = await stage.cohost("Cleo");
    const watching = show();
    await watching.first((seen) => seen?.hostUid === stage.ada.uid);
    await isGoneForTheGrace(stage.ada);
    const led = await watching.first((seen) => seen?.hostUid === cleo.uid);
    assert(led);
    assert.equal(led.status, "live");
    assert.ok(led.updatedAt.toMillis() >= (await leftAt(stage.ada)) + HOST_GRACE_MS);
    assert.equal(await cleo.audio.speak(660), "speaking");
    await eve.audio.hears(cleo.uid);

    await assert.rejects(eve.app.call(endShow, { showId: stage.showId }), refusal("NOT_HOST"));
    assert.equal((await cleo.app.call(endShow, { showId: stage.showId })).status, "ended");
    for (const { audio } of [cleo, eve]) {
      assert.equal((await audio.disconnected).reason, "ROOM_DELETED");
    }
  });

  it("is led by its creator again when they come back later", async () => {
    cleo = await stage.cohost("Cleo");
    const watching = show();
    await isGoneForTheGrace(stage.ada);
    await watching.first((seen) => seen?.hostUid === cleo.uid);
    const before = watching.snapshots.length;
    await comesBack(stage.ada);
    await watching.first((seen) => seen?.hostUid === stage.ada.uid, before);
    await stage.ada.audio.untilCanPublish(true);
    assert.equal(await stage.ada.audio.speak(440), "speaking");
    await eve.audio.hears(stage.ada.uid);
    await assert.rejects(cleo.app.call(endShow, { showId: stage.showId }), refusal("NOT_HOST"));
  });

  it("keeps its leader when the creator is back in time", async () => {
    cleo = await stage.cohost("Cleo");
    const watching = show();
    await goes(stage.ada);
    await comesBack(stage.ada);
    await sweep(HOST_GRACE_MS + LEASE_OVER_MS);
    assert.deepEqual(
      new Set(watching.snapshots.map((seen) => [seen?.status, seen?.hostUid].join(" "))),
      new Set([`live ${stage.ada.uid}`]),
    );
    assert.equal(await stage.ada.audio.speak(440), "speaking");
    await eve.audio.hears(stage.ada.uid);
  });

  it("ends and disconnects everyone if there is no cohost", async () => {
    const watching = show();
    await isGoneForTheGrace(stage.ada);
    const ended = await watching.first((seen) => seen?.status === "ended");
    assert(ended?.endedAt);
    assert.equal(ended.endReason, "host_left");
    assert.ok(ended.endedAt.toMillis() >= (await leftAt(stage.ada)) + HOST_GRACE_MS);
    assert.equal((await eve.audio.disconnected).reason, "ROOM_DELETED");
    await assert.rejects(comesBack(stage.ada), refusal("SHOW_NOT_LIVE"));
  });

  it("ends when the leading cohost is gone too", async () => {
    cleo = await stage.cohost("Cleo");
    const watching = show();
    const laterMs = await isGoneForTheGrace(stage.ada);
    await watching.first((seen) => seen?.hostUid === cleo.uid);
    await isGoneForTheGrace(cleo, laterMs);
    const ended = await watching.first((seen) => seen?.status === "ended");
    assert.equal(ended?.endReason, "host_left");
    assert.equal((await eve.audio.disconnected).reason, "ROOM_DELETED");
  });

  it("stays in its mode, which the leading cohost can change", async () => {
    cleo = await stage.cohost("Cleo");
    await stage.ada.app.call(setStageMode, { showId: stage.showId, mode: "music" });
    const watching = show();
    await isGoneForTheGrace(stage.ada);
    await watching.first((seen) => seen?.hostUid === cleo.uid);
    assert.equal(await cleo.audio.speak(660), "refused");
    await cleo.app.call(setStageMode, { showId: stage.showId, mode: "talk" });
    await cleo.audio.untilCanPublish(true);
    assert.equal(await cleo.audio.speak(660), "speaking");
    await eve.audio.hears(cleo.uid);
  });
});
