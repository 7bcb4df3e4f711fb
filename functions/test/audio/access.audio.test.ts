import { TokenVerifier } from "livekit-server-sdk";
import assert from "node:assert/strict";
import { joinShow } from "../../src/contract/audience.js";
import { refreshAudio, type Audio } from "../../src/contract/audio.js";
import { endShow, startShow } from "../../src/contract/shows.js";
import type { Role } from "../../src/contract/role.js";
import { acceptInvitation, setRole, setStageMode } from "../../src/contract/stage.js";
import { leaveShow } from "../../src/contract/audience.js";
import { removeParticipant } from "../../src/contract/moderation.js";
import { connectAudio } from "../../../local/audioClient/audioClient.js";
import { refusal } from "../../../test/support/refusal.js";
import { livekitBackdoor, type LivekitBackdoor } from "../support/livekitBackdoor.js";
import { openSoundstage, type Soundstage } from "../support/soundstage.js";

describe("access to the audio room", () => {
  let stage: Soundstage;
  let backdoor: LivekitBackdoor;
  before(async () => {
    [stage, backdoor] = await Promise.all([openSoundstage(), livekitBackdoor()]);
  });
  after(() => stage.close());

  /** Checks every claim of a token and the fields next to it in the answer. */
  async function assertGrants(
    audio: Audio,
    { uid, role, canPublish }: { uid: string; role: Role; canPublish: boolean },
  ): Promise<void> {
    assert(audio.provider === "livekit");
    const { apiKey, apiSecret, url } = backdoor;
    const { exp, nbf, ...claims } = await new TokenVerifier(apiKey, apiSecret).verify(audio.token);
    assert.deepEqual(claims, {
      iss: apiKey,
      sub: uid,
      metadata: JSON.stringify({ role }),
      video: {
        room: stage.showId,
        roomJoin: true,
        canSubscribe: true,
        canPublish,
        canPublishSources: ["microphone"],
        canPublishData: false,
        canUpdateOwnMetadata: false,
      },
    });
    assert.deepEqual([audio.url, audio.canPublish], [url, canPublish]);
    const untilMs = (exp ?? 0) * 1_000;
    assert.ok(Math.abs(untilMs - (nbf ?? 0) * 1_000 - 120_000) <= 1_000, "valid for two minutes");
    assert.ok(Math.abs(untilMs - audio.expiresAt) <= 2_000, "expiresAt matches the token");
    assert.ok(Math.abs(audio.expiresAt - Date.now() - 120_000) < 30_000, "valid from now on");
  }

  it("lets the creator speak, at the start and after a return", async () => {
    const { ada, showId } = stage;
    const creator = { uid: ada.uid, role: "creator", canPublish: true } as const;
    await assertGrants(ada.access, creator);
    await assertGrants((await ada.app.call(startShow, { showId })).audio, creator);
    await assertGrants((await ada.app.call(joinShow, { showId })).audio, creator);
    await assertGrants((await ada.app.call(refreshAudio, { showId })).audio, creator);
  });

  it("lets a listener only hear, even while invited", async () => {
    const { ada, showId } = stage;
    const dan = await stage.listener("Dan");
    const listener = { uid: dan.uid, role: "listener", canPublish: false } as const;
    await assertGrants(dan.access, listener);
    await ada.app.call(setRole, { showId, uid: dan.uid, role: "cohost" });
    await assertGrants((await dan.app.call(refreshAudio, { showId })).audio, listener);
    await assertGrants((await dan.app.call(joinShow, { showId })).audio, listener);
  });

  it("lets speakers and cohosts speak until they are demoted", async () => {
    const { ada, showId } = stage;
    const [ben, cleo] = await Promise.all([stage.speaker("Ben"), stage.listener("Cleo")]);
    const answers = async ({ app }: typeof ben) => [
      (await app.call(refreshAudio, { showId })).audio,
      (await app.call(joinShow, { showId })).audio,
    ];
    for (const audio of await answers(ben)) {
      await assertGrants(audio, { uid: ben.uid, role: "speaker", canPublish: true });
    }
    await ada.app.call(setRole, { showId, uid: cleo.uid, role: "cohost" });
    const accepted = await cleo.app.call(acceptInvitation, { showId });
    for (const audio of [accepted.audio, ...(await answers(cleo))]) {
      await assertGrants(audio, { uid: cleo.uid, role: "cohost", canPublish: true });
    }
    for (const person of [ben, cleo]) {
      await ada.app.call(setRole, { showId, uid: person.uid, role: "listener" });
      for (const audio of await answers(person)) {
        await assertGrants(audio, { uid: person.uid, role: "listener", canPublish: false });
      }
    }
  });

  it("forbids speaking during music, and allows it on stage again in talk mode", async () => {
    const { ada, showId } = stage;
    const onStage = [
      [ada, "creator"],
      [await stage.cohost("Cleo"), "cohost"],
      [await stage.speaker("Ben"), "speaker"],
    ] as const;
    const dan = await stage.listener("Dan");
    for (const mode of ["music", "talk"] as const) {
      await ada.app.call(setStageMode, { showId, mode });
      const canPublish = mode === "talk";
      for (const [{ app, uid }, role] of onStage) {
        const refreshed = await app.call(refreshAudio, { showId });
        await assertGrants(refreshed.audio, { uid, role, canPublish });
        const joined = await app.call(joinShow, { showId });
        await assertGrants(joined.audio, { uid, role, canPublish });
      }
      const started = await ada.app.call(startShow, { showId });
      await assertGrants(started.audio, { uid: ada.uid, role: "creator", canPublish });
      const { audio } = await dan.app.call(refreshAudio, { showId });
      await assertGrants(audio, { uid: dan.uid, role: "listener", canPublish: false });
    }
  });

  it("is a listener's for someone who left the stage and came back", async () => {
    const { showId } = stage;
    const ben = await stage.speaker("Ben");
    await ben.app.call(leaveShow, { showId });
    const { role, audio } = await ben.app.call(joinShow, { showId });
    assert.equal(role, "listener");
    await assertGrants(audio, { uid: ben.uid, role: "listener", canPublish: false });
    const back = await ben.connect(audio);
    assert.equal(await back.speak(), "refused");
  });

  it("determines what LiveKit shows: the role to everyone, the permissions to the participant", async () => {
    const dan = await stage.listener("Dan");
    const eve = await stage.listener("Eve");
    assert.equal(eve.audio.metadata(dan.uid), JSON.stringify({ role: "listener" }));
    assert.equal(eve.audio.metadata(stage.ada.uid), JSON.stringify({ role: "creator" }));
    const permission = dan.audio.permissions.at(-1);
    assert.deepEqual(permission, {
      at: permission?.at,
      canPublish: false,
      canPublishData: false,
      canSubscribe: true,
      canUpdateMetadata: false,
    });
  });

  it("ends with the token after two minutes", async () => {
    const dan = await stage.listener("Dan");
    assert(dan.access.provider === "livekit");
    const grant = { room: stage.showId, roomJoin: true };
    const { url } = dan.access;
    // LiveKit tolerates a clock difference of one minute.
    const expired = await backdoor.mint(dan.uid, grant, -90);
    await assert.rejects(connectAudio({ url, token: expired }));
    assert.equal(dan.audio.connected, true);
    const valid = await dan.connect({ url, token: await backdoor.mint(dan.uid, grant) });
    assert.equal(valid.connected, true);
  });

  it("is refused to everyone who is not in the show, and to all once it is over", async () => {
    const { ada, showId } = stage;
    const stranger = await stage.outsider("Gus");
    const [left, removed, banned] = await Promise.all([
      stage.listener("Dan"),
      stage.listener("Eve"),
      stage.speaker("Ben"),
    ]);
    await assert.rejects(stranger.call(refreshAudio, { showId }), refusal("NOT_PARTICIPANT"));
    await left.app.call(leaveShow, { showId });
    await assert.rejects(left.app.call(refreshAudio, { showId }), refusal("NOT_PARTICIPANT"));
    await ada.app.call(removeParticipant, { showId, uid: removed.uid });
    await assert.rejects(removed.app.call(refreshAudio, { showId }), refusal("NOT_PARTICIPANT"));
    await ada.app.call(removeParticipant, { showId, uid: banned.uid, ban: true });
    await assert.rejects(banned.app.call(refreshAudio, { showId }), refusal("BANNED"));
    await assert.rejects(banned.app.call(joinShow, { showId }), refusal("BANNED"));

    // A removed person who may come back hears the show again.
    const back = await removed.connect((await removed.app.call(joinShow, { showId })).audio);
    await ada.audio.speak();
    await back.hears(ada.uid);

    await ada.app.call(endShow, { showId });
    await assert.rejects(ada.app.call(refreshAudio, { showId }), refusal("SHOW_NOT_LIVE"));
    await assert.rejects(removed.app.call(joinShow, { showId }), refusal("SHOW_NOT_LIVE"));
  });
});
