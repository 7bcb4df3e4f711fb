import assert from "node:assert/strict";
import { joinShow, leaveShow } from "../../src/contract/audience.js";
import { participantRef } from "../../src/collections.js";
import { endShow, showDocument } from "../../src/contract/shows.js";
import { setStageMode } from "../../src/contract/stage.js";
import { refusal } from "../../../test/support/refusal.js";
import { firestore } from "../support/backstage.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

/** The suite's grace period, so that nobody waits for five minutes. */
const GRACE_MS = 2_000;

describe("a show whose creator's connection closes", () => {
  let stage: Soundstage;
  let cleo: Attendee;
  let eve: Attendee;
  beforeEach(async () => {
    stage = await openSoundstage();
    eve = await stage.listener("Eve");
  });
  afterEach(() => stage.close());

  const show = () => eve.watch(`shows/${stage.showId}`, showDocument);
  const leftAt = async ({ uid }: Attendee) =>
    (await participantRef(firestore, stage.showId, uid).get()).data()?.leftAt?.toMillis() ?? NaN;
  async function comesBack(person: Attendee): Promise<void> {
    const { audio } = await person.app.call(joinShow, { showId: stage.showId });
    await person.connect(audio);
  }

  it("is led by its cohost after the grace period, who may do what who leads may", async () => {
    cleo = await stage.cohost("Cleo");
    const watching = show();
    await watching.first((seen) => seen?.hostUid === stage.ada.uid);
    await stage.ada.audio.disconnect();
    const led = await watching.first((seen) => seen?.hostUid === cleo.uid);
    assert(led);
    assert.equal(led.status, "live");
    assert.ok(led.updatedAt.toMillis() >= (await leftAt(stage.ada)) + GRACE_MS);
    assert.equal(await cleo.audio.speak(660), "speaking");
    await eve.audio.hears(cleo.uid);

    await assert.rejects(eve.app.call(endShow, { showId: stage.showId }), refusal("NOT_HOST"));
    assert.equal((await cleo.app.call(endShow, { showId: stage.showId })).status, "ended");
    for (const { audio } of [cleo, eve]) {
      assert.equal((await audio.disconnected).reason, "ROOM_DELETED");
    }
  });

  it("is led by its creator again when he comes back later", async () => {
    cleo = await stage.cohost("Cleo");
    const watching = show();
    await stage.ada.audio.disconnect();
    await watching.first((seen) => seen?.hostUid === cleo.uid);
    const before = watching.snapshots.length;
    await comesBack(stage.ada);
    await watching.first((seen) => seen?.hostUid === stage.ada.uid, before);
    await stage.ada.audio.untilCanPublish(true);
    assert.equal(await stage.ada.audio.speak(440), "speaking");
    await eve.audio.hears(stage.ada.uid);
    await assert.rejects(cleo.app.call(endShow, { showId: stage.showId }), refusal("NOT_HOST"));
  });

  it("stays his when he is back in time", async () => {
    cleo = await stage.cohost("Cleo");
    const watching = show();
    await stage.ada.app.call(leaveShow, { showId: stage.showId });
    await comesBack(stage.ada);
    // The grace of this one begins later: once it is over, the look at the other is over too.
    const other = await openSoundstage();
    const others = eve.watch(`shows/${other.showId}`, showDocument);
    await other.ada.app.call(leaveShow, { showId: other.showId });
    await others.first((seen) => seen?.status === "ended");
    await other.close();
    assert.deepEqual(
      new Set(watching.snapshots.map((seen) => [seen?.status, seen?.hostUid].join(" "))),
      new Set([`live ${stage.ada.uid}`]),
    );
    assert.equal(await stage.ada.audio.speak(440), "speaking");
    await eve.audio.hears(stage.ada.uid);
  });

  it("counts the grace from when he went last", async () => {
    const { ada, showId } = stage;
    cleo = await stage.cohost("Cleo");
    const watching = show();
    // By the callable: whose connection closes is given time to reconnect first.
    await ada.app.call(leaveShow, { showId });
    await ada.app.call(joinShow, { showId });
    await ada.app.call(leaveShow, { showId });
    const led = await watching.first((seen) => seen?.hostUid === cleo.uid);
    assert(led);
    assert.ok(led.updatedAt.toMillis() >= (await leftAt(ada)) + GRACE_MS);
  });

  it("ends when there is no cohost, and everybody is disconnected", async () => {
    const watching = show();
    await stage.ada.audio.disconnect();
    const ended = await watching.first((seen) => seen?.status === "ended");
    assert(ended?.endedAt);
    assert.equal(ended.endReason, "host_left");
    assert.ok(ended.endedAt.toMillis() >= (await leftAt(stage.ada)) + GRACE_MS);
    assert.equal((await eve.audio.disconnected).reason, "ROOM_DELETED");
    await assert.rejects(comesBack(stage.ada), refusal("SHOW_NOT_LIVE"));
  });

  it("ends when the cohost who leads is gone too", async () => {
    cleo = await stage.cohost("Cleo");
    const watching = show();
    await stage.ada.audio.disconnect();
    await watching.first((seen) => seen?.hostUid === cleo.uid);
    await cleo.audio.disconnect();
    const ended = await watching.first((seen) => seen?.status === "ended");
    assert.equal(ended?.endReason, "host_left");
    assert.equal((await eve.audio.disconnected).reason, "ROOM_DELETED");
  });

  it("goes on in the mode that it is in, and its cohost may change it", async () => {
    cleo = await stage.cohost("Cleo");
    await stage.ada.app.call(setStageMode, { showId: stage.showId, mode: "music" });
    const watching = show();
    await stage.ada.audio.disconnect();
    await watching.first((seen) => seen?.hostUid === cleo.uid);
    assert.equal(await cleo.audio.speak(660), "refused");
    await cleo.app.call(setStageMode, { showId: stage.showId, mode: "talk" });
    await cleo.audio.untilCanPublish(true);
    assert.equal(await cleo.audio.speak(660), "speaking");
    await eve.audio.hears(cleo.uid);
  });
});
