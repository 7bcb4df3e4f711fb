import assert from "node:assert/strict";
import { joinShow, leaveShow } from "../functions/src/contract/audience.js";
import { refreshAudio } from "../functions/src/contract/audio.js";
import { removeParticipant } from "../functions/src/contract/moderation.js";
import { playbackDocument } from "../functions/src/contract/music.js";
import { startShow } from "../functions/src/contract/shows.js";
import { decideSpeakRequest, setRole, setStageMode } from "../functions/src/contract/stage.js";
import { askToSpeak } from "../functions/test/support/askToSpeak.js";
import { appOf, showIn, somebody } from "../functions/test/support/backstage.js";
import { livekitBackdoor } from "../functions/test/support/livekitBackdoor.js";
import { connectAudio, type AudioClient } from "../local/audioClient/audioClient.js";
import type { App } from "../local/clientApp/app.js";
import { listenTo } from "../local/clientApp/listening.js";
import { spreadOf } from "./samples.js";

const SPEAKER_HZ = 440;

/** Sound must have been continuous for this long. A frame takes 10 ms. */
const STEADY_MS = 300;
/** Late frames on a busy machine arrive within this time. */
const GAP_MS = 100;
/** How long a wait may take, in ms. The first call of each function starts its process, which is slow on a busy machine. */
const PATIENCE_MS = 60_000;

export type Samples = Record<
  | "acceptedHeard"
  | "demotedSilent"
  | "removedDisconnected"
  | "oldTokenCorrected"
  | "oldTokenHeard"
  | "musicSilent"
  | "talkSpeaking"
  | "overlap"
  | "rejoined"
  | "bareSilent",
  number[]
>;

/** A live show with its creator, a guest who sometimes speaks, and a listener who measures. */
interface Stage {
  readonly showId: string;
  readonly creator: App;
  readonly creatorAudio: AudioClient;
  readonly guest: App;
  guestAudio: AudioClient;
  ear: AudioClient;
  readonly earApp: App;
}

export async function measureStage(
  times: number,
  onProgress: (line: string) => void,
): Promise<Samples> {
  const samples: Samples = {
    acceptedHeard: [],
    demotedSilent: [],
    removedDisconnected: [],
    oldTokenCorrected: [],
    oldTokenHeard: [],
    musicSilent: [],
    talkSpeaking: [],
    overlap: [],
    rejoined: [],
    bareSilent: [],
  };
  const stage = await setTheStage();
  const rounds = [
    acceptAndDemote,
    bareSilence,
    musicAndTalk,
    oldToken,
    cutAndBack,
    removeAndRejoin,
  ];
  for (const round of rounds) {
    // The first round starts the functions' processes, which already run in production.
    for (let time = -1; time < times; time += 1) {
      const measured = await round(stage);
      if (time < 0) continue;
      for (const [name, value] of Object.entries(measured)) {
        assert.ok(isName(samples, name));
        samples[name].push(value);
      }
    }
    const medians = Object.entries(samples).flatMap(([name, values]) =>
      values.length === 0 ? [] : [`${name} ${spreadOf(values).p50} ms`],
    );
    onProgress(`${round.name}, ${times} times. Medians so far: ${medians.join(", ")}`);
  }
  await Promise.all([stage.creatorAudio, stage.guestAudio, stage.ear].map((a) => a.disconnect()));
  await Promise.all([stage.creator, stage.guest, stage.earApp].map((app) => app.close()));
  return samples;
}

function isName(samples: Samples, name: string): name is keyof Samples {
  return name in samples;
}

async function setTheStage(): Promise<Stage> {
  const [ada, gus, eve] = await Promise.all(["Ada", "Gus", "Eve"].map((name) => somebody(name)));
  assert.ok(ada && gus && eve);
  const [creator, guest, earApp] = await Promise.all([appOf(ada), appOf(gus), appOf(eve)]);
  const showId = await showIn("draft", ada);
  const { audio } = await creator.call(startShow, { showId });
  const creatorAudio = await connectAudio(audio);
  const ear = await connectAudio((await earApp.call(joinShow, { showId })).audio);
  const guestAudio = await connectAudio((await guest.call(joinShow, { showId })).audio);
  return { showId, creator, creatorAudio, guest, guestAudio, ear, earApp };
}

/**
 * Makes the guest ask, get accepted and speak. Resolves with the time from the start of the host's
 * call until the guest is heard.
 */
async function bringUp({ showId, creator, guest, guestAudio, ear }: Stage): Promise<number> {
  await askToSpeak(guest, showId);
  const calledAt = performance.now();
  const speaking = guestAudio
    .untilCanPublish(true, PATIENCE_MS)
    .then(() => guestAudio.speak(SPEAKER_HZ));
  await creator.call(decideSpeakRequest, { showId, uid: guest.uid, decision: "accept" });
  await speaking;
  const isHeard = () =>
    ear.hears(guest.uid, { since: calledAt, frequencyHz: SPEAKER_HZ, patienceMs: 2_000 });
  for (;;) {
    try {
      return (await isHeard()) - calledAt;
    } catch {
      // The permission was revoked in between, which removed the track. Publish again, as an app would.
      await guestAudio.untilCanPublish(true, PATIENCE_MS);
      await guestAudio.speak(SPEAKER_HZ);
    }
  }
}

/** Demotes the guest, and resolves with the time at which the host's call started. */
async function demote({ showId, creator, guest, guestAudio }: Stage): Promise<number> {
  const calledAt = performance.now();
  await creator.call(setRole, { showId, uid: guest.uid, role: "listener" });
  // Wait until the guest knows as well, so that the next wait for the permission does not see this one.
  await guestAudio.untilCanPublish(false, PATIENCE_MS);
  return calledAt;
}

/** Waits for sound without gaps, so that a later silence is caused by the measured action. */
async function untilSteady(ear: AudioClient, uid: string): Promise<void> {
  const from = performance.now();
  while (ear.heardMs(uid, { from }) < STEADY_MS) {
    await ear.hears(uid, { since: performance.now(), patienceMs: PATIENCE_MS });
  }
}

/** The time from `from` to the last sound, or 0 if nothing was heard after `from`. */
async function silentAfter(ear: AudioClient, uid: string, from: number): Promise<number> {
  const lastAt = await ear.silentSince(uid, { since: performance.now() });
  assert.ok(
    lastAt !== undefined && lastAt > from - GAP_MS,
    "the speaker was heard up to that moment",
  );
  return Math.max(0, lastAt - from);
}

async function acceptAndDemote(stage: Stage) {
  const acceptedHeard = await bringUp(stage);
  await untilSteady(stage.ear, stage.guest.uid);
  const demotedSilent = await silentAfter(stage.ear, stage.guest.uid, await demote(stage));
  await stage.guestAudio.hush();
  return { acceptedHeard, demotedSilent };
}

async function bareSilence(stage: Stage) {
  await bringUp(stage);
  const { rooms } = await livekitBackdoor();
  await untilSteady(stage.ear, stage.guest.uid);
  const calledAt = performance.now();
  await rooms.permit(stage.showId, stage.guest.uid, { role: "listener", canPublish: false });
  const bareSilent = await silentAfter(stage.ear, stage.guest.uid, calledAt);
  await demote(stage);
  await stage.guestAudio.hush();
  return { bareSilent };
}

async function musicAndTalk(stage: Stage) {
  const { showId, creator, creatorAudio, ear, earApp } = stage;
  if ((await creatorAudio.speak(SPEAKER_HZ)) !== "speaking") throw new Error("cannot speak");
  await ear.hears(creator.uid);

  const modes: { mode: string; at: number }[] = [];
  const playback = listenTo(earApp, `shows/${showId}/playback/now`, playbackDocument);
  const playbackIs = async (mode: string) => {
    await playback.first((now) => now?.mode === mode, modes.length);
    modes.push({ mode, at: performance.now() });
  };
  await playbackIs("talk");

  await untilSteady(ear, creator.uid);
  const musicAt = performance.now();
  const inMusic = playbackIs("music");
  await creator.call(setStageMode, { showId, mode: "music" });
  await inMusic;
  const musicSilent = await silentAfter(ear, creator.uid, musicAt);
  await creatorAudio.untilCanPublish(false, PATIENCE_MS);

  const talkAt = performance.now();
  const inTalk = playbackIs("talk");
  const speaking = creatorAudio
    .untilCanPublish(true, PATIENCE_MS)
    .then(() => creatorAudio.speak(SPEAKER_HZ));
  await creator.call(setStageMode, { showId, mode: "talk" });
  assert.equal(await speaking, "speaking");
  const talkSpeaking =
    (await ear.hears(creator.uid, { since: talkAt, patienceMs: PATIENCE_MS })) - talkAt;
  await inTalk;
  playback.stop();
  const [, music, talk] = modes;
  assert.ok(music && talk);
  const overlap = ear.heardMs(creator.uid, { from: music.at, to: talk.at });
  await creatorAudio.hush();
  return { musicSilent, talkSpeaking, overlap };
}

/** A speaker keeps a token, is demoted, leaves, and comes back with that token. */
async function oldToken(stage: Stage) {
  const { showId, guest, ear } = stage;
  await bringUp(stage);
  const old = (await guest.call(joinShow, { showId })).audio;
  await demote(stage);
  await Promise.all([stage.guestAudio.disconnect(), guest.call(leaveShow, { showId })]);
  await guest.call(joinShow, { showId });
  const from = performance.now();
  assert.ok(old.canPublish, "the token of a speaker");
  const back = await connectAudio(old);
  const trying = back.speak(SPEAKER_HZ);
  const correctedAt = await back.untilCanPublish(false, PATIENCE_MS);
  // The correction may have arrived before the client knew that it was connected.
  const oldTokenCorrected = Math.max(0, correctedAt - back.connectedAt);
  await trying;
  await ear.silentSince(guest.uid, { since: performance.now() });
  const oldTokenHeard = ear.heardMs(guest.uid, { from });
  await back.hush();
  stage.guestAudio = back;
  return { oldTokenCorrected, oldTokenHeard };
}

/** The listener loses the connection, and the app reconnects. */
async function cutAndBack(stage: Stage) {
  const { showId, creator, creatorAudio, earApp } = stage;
  await creatorAudio.speak(SPEAKER_HZ);
  await stage.ear.hears(creator.uid, { patienceMs: PATIENCE_MS });
  await stage.ear.disconnect();
  const cutAt = performance.now();
  stage.ear = await connectAudio((await earApp.call(refreshAudio, { showId })).audio);
  const rejoined = (await stage.ear.hears(creator.uid, { patienceMs: PATIENCE_MS })) - cutAt;
  await creatorAudio.hush();
  return { rejoined };
}

async function removeAndRejoin(stage: Stage) {
  const { showId, creator, guest, guestAudio } = stage;
  const calledAt = performance.now();
  const [{ at, reason }] = await Promise.all([
    guestAudio.disconnected,
    creator.call(removeParticipant, { showId, uid: guest.uid }),
  ]);
  assert.equal(reason, "PARTICIPANT_REMOVED");
  stage.guestAudio = await connectAudio((await guest.call(joinShow, { showId })).audio);
  return { removedDisconnected: at - calledAt };
}
