import assert from "node:assert/strict";
import { refusal } from "../../../test/support/refusal.js";
import { playbackRef, stageRef } from "../../src/collections.js";
import { setStageMode } from "../../src/contract/stage.js";
import { firestore } from "../support/backstage.js";
import { eventually } from "../support/eventually.js";
import { openSoundstage, type Attendee, type Soundstage } from "../support/soundstage.js";

/** The ways LiveKit fails. The functions wait five seconds for an answer. */
const FAILURES = {
  "answers 500": { status: 500 },
  "answers 401": { status: 401, body: { code: "unauthenticated", msg: "invalid token" } },
  "answers 404": { status: 404, body: { code: "not_found", msg: "not found" } },
  "answers 429": { status: 429 },
  "answers with HTML": { body: "<html>502 Bad Gateway</html>" },
  "does not answer": { delayMs: 60_000 },
  "cuts the connection": { drop: true },
} as const;

describe("setStageMode while LiveKit fails", () => {
  let stage: Soundstage;
  let ben: Attendee;
  let eve: Attendee;
  before(async () => {
    stage = await openSoundstage();
    [ben, eve] = await Promise.all([stage.speaker("Ben"), stage.listener("Eve")]);
  });
  after(() => stage.close());
  afterEach(() => stage.livekit.faults.clear());

  const spoke = new Map<string, number>();
  const spokeAt = (uid: string) => spoke.get(uid) ?? -Infinity;
  const toMode = (mode: "talk" | "music") =>
    stage.ada.app.call(setStageMode, { showId: stage.showId, mode });
  /** Without the time of the attempt, after which the sweep compares the room with the documents. */
  const documents = async () => [
    (await playbackRef(firestore, stage.showId).get()).data(),
    { ...(await stageRef(firestore, stage.showId).get()).data(), permissionsChangedAt: null },
  ];

  /** Asserts talk mode: everyone on stage can speak and is heard. */
  async function assertTalk(): Promise<void> {
    for (const { audio, uid } of [ben, stage.ada]) {
      await audio.untilCanPublish(true, 25_000);
      await eventually(`that ${uid} speaks`, async () => {
        // LiveKit removed the track with the permission, which may not be back yet.
        const silencedAt = audio.permissions.findLast(({ canPublish }) => !canPublish)?.at ?? 0;
        if (spokeAt(uid) > silencedAt) return true;
        const at = performance.now();
        if ((await audio.speak()) === "speaking") spoke.set(uid, at);
        return undefined;
      });
    }
    const since = performance.now();
    await Promise.all([
      eve.audio.hears(ben.uid, { since }),
      eve.audio.hears(stage.ada.uid, { since }),
    ]);
  }

  for (const [how, failure] of Object.entries(FAILURES)) {
    // The functions handle the failures of all methods in one place.
    const methods =
      how === "answers 500" ? ["ListParticipants", "UpdateParticipant"] : ["UpdateParticipant"];
    for (const method of methods) {
      it(`changes nothing when ${method} ${how}`, async () => {
        await assertTalk();
        const before = await documents();
        await stage.livekit.faults.set({
          match: `RoomService/${method}`,
          times: 1_000,
          ...failure,
        });
        await assert.rejects(toMode("music"), refusal("AUDIO_UNAVAILABLE"));
        assert.deepEqual(await documents(), before);
        await stage.livekit.faults.clear();
        await assertTalk();
      });
    }
  }

  it("changes nothing when one of them cannot be silenced, and everyone keeps speaking", async () => {
    await assertTalk();
    const before = await documents();
    const match = `UpdateParticipant room=${stage.showId} identity=${ben.uid}`;
    await stage.livekit.faults.set({ match, times: 1_000, status: 500 });
    await assert.rejects(toMode("music"), refusal("AUDIO_UNAVAILABLE"));
    assert.deepEqual(await documents(), before);
    await stage.livekit.faults.clear();
    await assertTalk();
  });

  it("changes nothing when LiveKit falsely confirms that it silenced someone", async () => {
    await assertTalk();
    const before = await documents();
    const match = `UpdateParticipant room=${stage.showId} identity=${ben.uid}`;
    await stage.livekit.faults.set({ match, times: 1_000, status: 200, body: {} });
    await assert.rejects(toMode("music"), refusal("AUDIO_UNAVAILABLE"));
    assert.deepEqual(await documents(), before);
    await stage.livekit.faults.clear();
    await assertTalk();
  });

  it("switches to music once LiveKit answers again, and to talk even while it does not", async () => {
    await assertTalk();
    await stage.livekit.faults.set({ match: "UpdateParticipant", times: 1, status: 500 });
    await assert.rejects(toMode("music"), refusal("AUDIO_UNAVAILABLE"));
    await eventually("that the music starts", () => toMode("music").catch(() => undefined));
    for (const { audio } of [ben, stage.ada]) await audio.untilCanPublish(false);
    await eve.audio.silentSince(ben.uid);

    await stage.livekit.faults.set({ match: "UpdateParticipant", times: 1_000, status: 503 });
    assert.equal((await toMode("talk")).mode, "talk");
    assert.equal(await ben.audio.speak(660), "refused");
    await stage.livekit.faults.clear();
    await assertTalk();
  });
});
