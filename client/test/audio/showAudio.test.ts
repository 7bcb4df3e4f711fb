import assert from "node:assert/strict";
import type { Audio } from "../../../functions/src/contract/audio.js";
import type { OpenAudioLock } from "../../src/audio/audioLock.js";
import { ShowAudio } from "../../src/audio/showAudio.js";
import { AmbientError, asAmbientError } from "../../src/errors/ambientError.js";
import type { AmbientReason } from "../../src/errors/reason.js";
import type { Playback } from "../../src/music/music.js";
import { observable, Observed } from "../../src/observe/observable.js";
import type { Participant } from "../../src/show/session.js";
import type { Presence } from "../../src/show/presence.js";
import { controlledSource } from "../support/controlledSource.js";
import { seededRandom } from "../support/seededRandom.js";
import { SimulatedApp } from "../support/simulatedApp.js";
import { SimulatedRoom } from "../support/simulatedRoom.js";
import { SimulatedDevice, SimulatedTime } from "../support/simulatedTime.js";

const livekit: Audio = {
  provider: "livekit",
  canPublish: false,
  url: "wss://audio",
  token: "first",
  expiresAt: 0,
};

const playbackIn = (mode: "talk" | "music"): Playback => ({
  mode,
  trackUri: null,
  trackIndex: null,
  positionMs: 0,
  paused: false,
  at: { seconds: 0, nanoseconds: 0, toMillis: () => 0 },
  by: "ben",
  sequence: 0,
  playlistRevision: 0,
});

const noLock = { take: () => undefined, release: () => undefined };

async function soundOf(
  audio: Audio = livekit,
  random = 0.5,
  role: Participant["role"] = "speaker",
  time = new SimulatedTime(),
  openLock: OpenAudioLock = () => noLock,
) {
  const playback = new Observed<Playback | undefined>(playbackIn("talk"));
  const presence = new Observed<Presence>({ kind: "present" });
  const me = new Observed<Pick<Participant, "role">>({ role });
  const rooms: SimulatedRoom[] = [];
  const refusals: (AmbientReason | AmbientError)[] = [];
  /** How the next rooms fail. */
  const unreachable: Error[] = [];
  let refreshed = 0;
  const place = { audio };
  const app = new SimulatedApp();
  const sound = new ShowAudio(
    {
      get audio() {
        return place.audio;
      },
      playback,
      me,
      presence,
      local: new SimulatedDevice(time, { random }),
      onForeground: app.onForeground,
      openLock,
      media: undefined,
      refresh() {
        refreshed += 1;
        const refusal = refusals.shift();
        if (refusal instanceof AmbientError) return Promise.reject(refusal);
        if (refusal) return Promise.reject(new AmbientError(refusal));
        return Promise.resolve({ ...livekit, token: `fresh ${refreshed}` });
      },
    },
    (events) => {
      const room = new SimulatedRoom(events, unreachable.shift());
      rooms.push(room);
      return Promise.resolve(room);
    },
  );
  await time.passes(0);
  const room = () => rooms.at(-1) ?? assert.fail("no room was opened");
  return {
    time,
    playback,
    me,
    presence,
    sound,
    rooms,
    room,
    place,
    app,
    refusals,
    unreachable,
    refreshed: () => refreshed,
  };
}

describe("ShowAudio", () => {
  it("has no audio in a project without it", async () => {
    const { sound, rooms } = await soundOf({ provider: "none", canPublish: false });
    assert.deepEqual([sound.connection.current, rooms.length], ["none", 0]);
  });

  it("plays the voices in talk mode, and never over music", async () => {
    const { sound, room, playback } = await soundOf();
    assert.equal(sound.connection.current, "connected");
    assert.equal(room().isPlaying, true);
    playback.set(playbackIn("music"));
    assert.equal(room().isPlaying, false);
    playback.set(playbackIn("talk"));
    assert.equal(room().isPlaying, true);
    playback.set(undefined);
    assert.equal(room().isPlaying, false, "nothing is known: silence");
  });

  it("keeps the error that ends its subscription to the show's mode", () => {
    const modes = controlledSource<Playback | undefined>();
    const reported: string[] = [];
    const sound = new ShowAudio(
      {
        audio: livekit,
        playback: observable(modes.source, ({ reason }) => reported.push(reason)),
        me: new Observed<Pick<Participant, "role">>({ role: "listener" }),
        presence: new Observed<Presence>({ kind: "present" }),
        local: new SimulatedDevice(new SimulatedTime()),
        onForeground: new SimulatedApp().onForeground,
        openLock: () => noLock,
        media: undefined,
        refresh: () => Promise.resolve(livekit),
      },
      (events) => Promise.resolve(new SimulatedRoom(events, undefined)),
    );
    const outdated = new AmbientError("OUTDATED");
    modes.fails(outdated);
    assert.equal(sound.failure.current, outdated);
    assert.deepEqual(reported, [], "the app hears of it in `failure`");
    sound.close();
  });

  it("speaks as soon as it may, and again when the permission returns", async () => {
    const { sound, room } = await soundOf();
    await sound.unmute();
    assert.equal(sound.microphone.current, "waiting");
    room().canPublish = true;
    room().events.canPublishChanged();
    await sound.unmute();
    assert.deepEqual([sound.microphone.current, room().microphone], ["on", true]);
    room().canPublish = false;
    room().events.canPublishChanged();
    await Promise.resolve();
    await Promise.resolve();
    assert.equal(sound.microphone.current, "waiting");
    room().canPublish = true;
    room().microphone = false;
    await sound.unmute();
    assert.deepEqual([sound.microphone.current, room().microphone], ["on", true]);
    await sound.mute();
    assert.deepEqual([sound.microphone.current, room().microphone], ["off", false]);
  });

  it("stays quiet after a visit to the audience", async () => {
    const { sound, me, room } = await soundOf();
    room().canPublish = true;
    await sound.unmute();
    me.set({ role: "cohost" });
    await sound.unmute();
    assert.equal(room().microphone, true, "on stage as something else, one is heard as before");
    me.set({ role: "listener" });
    await sound.unlockAudio();
    assert.deepEqual([sound.microphone.current, room().microphone], ["off", false]);
    me.set({ role: "speaker" });
    room().events.canPublishChanged();
    await Promise.resolve();
    await Promise.resolve();
    assert.deepEqual([sound.microphone.current, room().microphone], ["off", false]);
  });

  it("reports why it cannot connect", async () => {
    const { sound, room, refusals, unreachable, time } = await soundOf();
    assert.equal(sound.failure.current, undefined);
    const noWay = new Error("no way there");
    refusals.push("AUDIO_UNAVAILABLE");
    unreachable.push(noWay);
    room().events.disconnected("lost");
    await time.passes(500);
    assert.equal(asAmbientError(sound.failure.current).reason, "AUDIO_UNAVAILABLE");
    await time.passes(1_000);
    assert.deepEqual([sound.connection.current, sound.failure.current], ["reconnecting", noWay]);
    await time.passes(2_000);
    assert.deepEqual([sound.connection.current, sound.failure.current], ["connected", undefined]);
  });

  it("stays quiet after a host muted the person, until they speak again", async () => {
    const { sound, room } = await soundOf();
    room().canPublish = true;
    await sound.unmute();
    room().events.muted();
    assert.equal(sound.microphone.current, "muted");
    room().events.canPublishChanged();
    await Promise.resolve();
    assert.equal(sound.microphone.current, "muted");
    await sound.unmute();
    assert.equal(sound.microphone.current, "on");
    room().events.muted();
    await sound.mute();
    assert.equal(sound.microphone.current, "off", "the person's own wish comes last");
  });

  it("waits while the room reconnects, and turns the microphone off at once on request", async () => {
    const { sound, time, room } = await soundOf();
    const microphone = () => [sound.microphone.current, room().microphone];
    room().canPublish = true;
    await sound.unmute();
    room().events.reconnecting(true);
    await time.passes(0);
    assert.equal(sound.microphone.current, "waiting");
    room().events.reconnecting(false);
    await time.passes(0);
    assert.deepEqual(microphone(), ["on", true]);
    room().events.reconnecting(true);
    await sound.mute();
    assert.deepEqual(microphone(), ["off", false]);
    room().events.reconnecting(false);
    await time.passes(0);
    assert.deepEqual(microphone(), ["off", false]);
  });

  it("stays silent if music began while the room reconnected", async () => {
    const { sound, time, playback, room } = await soundOf();
    room().canPublish = true;
    await sound.unmute();
    room().events.reconnecting(true);
    playback.set(playbackIn("music"));
    room().events.reconnecting(false);
    await time.passes(0);
    assert.deepEqual([sound.microphone.current, room().microphone], ["waiting", false]);
  });

  it("reports the microphone's state while there is no room", async () => {
    const { sound, time, room } = await soundOf();
    room().canPublish = true;
    await sound.unmute();
    room().events.disconnected("lost");
    await time.passes(0);
    assert.equal(sound.microphone.current, "waiting");
    await sound.mute();
    assert.equal(sound.microphone.current, "off");
    await time.passes(500);
    room().canPublish = true;
    room().events.canPublishChanged();
    await time.passes(0);
    assert.equal(room().microphone, false, "the new room receives no other command");
  });

  it("stays muted if a host mutes the person while the microphone turns on", async () => {
    const { sound, time, room } = await soundOf();
    room().canPublish = true;
    const speaking = sound.unmute();
    await Promise.resolve();
    room().events.muted();
    await speaking;
    await time.passes(0);
    assert.deepEqual([sound.microphone.current, room().microphone], ["muted", false]);
  });

  it("reports a refused and a missing microphone", async () => {
    for (const [name, state] of [
      ["NotAllowedError", "refused"],
      ["NotFoundError", "missing"],
    ] as const) {
      const { sound, room } = await soundOf();
      room().canPublish = true;
      room().microphoneError = Object.assign(new Error("no"), { name });
      await sound.unmute();
      assert.equal(sound.microphone.current, state);
      room().microphoneError = undefined;
      await sound.unmute();
      assert.equal(sound.microphone.current, "on", "asked again, allowed meanwhile");
    }
  });

  it("ignores the microphone of an abandoned room", async () => {
    const { sound, room } = await soundOf();
    room().canPublish = true;
    room().microphoneError = Object.assign(new Error("no"), { name: "NotAllowedError" });
    const unmuting = sound.unmute();
    await Promise.resolve();
    sound.close();
    await unmuting;
    assert.equal(sound.microphone.current, "off");
  });

  it("reconnects with a fresh token, with growing pauses", async () => {
    const { sound, time, rooms, room, refusals, refreshed } = await soundOf();
    room().canPublish = true;
    await sound.unmute();
    refusals.push("OFFLINE", "AUDIO_UNAVAILABLE");
    room().events.disconnected("lost");
    assert.equal(sound.connection.current, "reconnecting");
    await time.passes(500);
    assert.equal(refreshed(), 1);
    await time.passes(1_000);
    assert.equal(refreshed(), 2);
    await time.passes(1_999);
    assert.equal(refreshed(), 2);
    await time.passes(1);
    assert.deepEqual([sound.connection.current, room().token], ["connected", "fresh 3"]);
    assert.equal(rooms[0]?.isOpen, false);
    room().canPublish = true;
    room().events.canPublishChanged();
    await time.passes(0);
    assert.equal(sound.microphone.current, "on", "the wish to speak outlives the connection");
  });

  for (const [random, firstMs, secondMs] of [
    [0, 250, 500],
    [0.9, 700, 1_400],
  ] as const) {
    it(`reconnects after ${firstMs} ms by chance, so that phones do not come back in step`, async () => {
      const { time, room, refusals, refreshed } = await soundOf(livekit, random);
      refusals.push("OFFLINE");
      room().events.disconnected("lost");
      await time.passes(firstMs - 1);
      assert.equal(refreshed(), 0);
      await time.passes(1);
      assert.equal(refreshed(), 1);
      await time.passes(secondMs - 1);
      assert.equal(refreshed(), 1);
      await time.passes(1);
      assert.equal(refreshed(), 2);
    });
  }

  it("spreads the first attempts of 10,000 listeners over ten seconds if LiveKit restarts", async () => {
    const random = seededRandom(1);
    const time = new SimulatedTime();
    const listeners = await Promise.all(
      Array.from({ length: 10_000 }, () => soundOf(livekit, random(), "listener", time)),
    );
    for (const { room } of listeners) room().events.disconnected("lost");
    const inEachSecond: number[] = [];
    let before = 0;
    for (let second = 0; second < 11; second += 1) {
      await time.passes(1_000);
      const refreshed = listeners.reduce((sum, { refreshed: count }) => sum + count(), 0);
      inEachSecond.push(refreshed - before);
      before = refreshed;
    }
    assert.equal(before, 10_000);
    assert.ok(Math.max(...inEachSecond) < 1_200, inEachSecond.join());
    const [first] = listeners;
    assert.equal(first?.sound.connection.current, "connected");
  });

  it("connects at once when the app returns to the foreground, and only if it waited", async () => {
    const { time, app, room, sound, refreshed } = await soundOf(livekit, 0.9, "listener");
    app.returns();
    assert.equal(refreshed(), 0);
    room().events.disconnected("lost");
    app.returns();
    app.returns();
    await time.passes(0);
    assert.deepEqual([sound.connection.current, refreshed()], ["connected", 1]);
    await time.passes(60_000);
    assert.equal(refreshed(), 1);
  });

  it("waits after a removal at least as long as Firestore may take to report it", async () => {
    const { time, room, refreshed } = await soundOf(livekit, 0);
    room().events.disconnected("removed");
    await time.passes(4_999);
    assert.equal(refreshed(), 0);
    await time.passes(1);
    assert.equal(refreshed(), 1);
  });

  it("waits after a limit as long as the server says", async () => {
    const { sound, time, room, refusals, refreshed } = await soundOf();
    refusals.push(new AmbientError("RATE_LIMITED", { details: { retryAfterSeconds: 30 } }));
    room().events.disconnected("lost");
    await time.passes(500);
    await time.passes(29_999);
    assert.equal(refreshed(), 1);
    await time.passes(1);
    assert.deepEqual([sound.connection.current, refreshed()], ["connected", 2]);
  });

  it("asks for no token once a host removed the person", async () => {
    const { sound, time, presence, room, refreshed } = await soundOf();
    room().events.disconnected("removed");
    await time.passes(4_999);
    presence.set({ kind: "gone", reason: "REMOVED" });
    await time.passes(3_600_000);
    assert.deepEqual([sound.connection.current, refreshed()], ["closed", 0]);
  });

  it("comes back by itself after a removal that Firestore does not know of", async () => {
    const { sound, time, room, refreshed } = await soundOf();
    room().events.disconnected("removed");
    await time.passes(5_000);
    assert.deepEqual([sound.connection.current, refreshed()], ["connected", 1]);
  });

  it("leaves the audio to another tab until it takes it over", async () => {
    const { sound, time, room, rooms, playback, refreshed } = await soundOf();
    room().canPublish = true;
    await sound.unmute();
    room().events.disconnected("elsewhere");
    assert.equal(sound.connection.current, "elsewhere");
    playback.set({ ...playbackIn("talk"), sequence: 1 });
    await sound.unlockAudio();
    assert.equal(sound.microphone.current, "off", "it is the other tab's");
    await time.passes(3_600_000);
    assert.equal(refreshed(), 0);
    sound.takeOver();
    await time.passes(0);
    assert.deepEqual([sound.connection.current, rooms.length], ["connected", 2]);
    room().canPublish = true;
    room().events.canPublishChanged();
    await time.passes(0);
    assert.equal(room().microphone, false);
    rooms[0]?.events.disconnected("lost");
    assert.equal(sound.connection.current, "connected", "events of the old room are ignored");
  });

  it("stops asking for a touch once the room that needed it is gone", async () => {
    const { sound, room } = await soundOf();
    room().events.playbackAllowed(false);
    assert.equal(sound.canPlay.current, false);
    room().events.disconnected("elsewhere");
    assert.equal(sound.canPlay.current, true);
  });

  it("ends with the show, with the person's stay, and when the server refuses", async () => {
    for (const end of [
      { kind: "over", endReason: undefined },
      { kind: "gone", reason: "REMOVED" },
    ] as const) {
      const { sound, time, presence, room } = await soundOf();
      presence.set(end);
      await time.passes(0);
      assert.deepEqual([sound.connection.current, room().isOpen], ["closed", false]);
    }
    const { sound, time, room, refusals, refreshed } = await soundOf();
    refusals.push("NOT_PARTICIPANT");
    room().events.disconnected("lost");
    await time.passes(60_000);
    assert.deepEqual([sound.connection.current, refreshed()], ["closed", 1]);
  });

  it("waits while the person is away, and reconnects with the token of the new join", async () => {
    const { sound, time, presence, room, rooms, refusals, refreshed, place } = await soundOf();
    room().canPublish = true;
    await sound.unmute();
    refusals.push("NOT_PARTICIPANT");
    room().events.disconnected("lost");
    presence.set({ kind: "away" });
    await time.passes(600_000);
    assert.deepEqual(
      [sound.connection.current, sound.microphone.current, rooms.length, refreshed()],
      ["reconnecting", "waiting", 1, 0],
    );
    place.audio = { ...livekit, token: "of the new join" };
    presence.set({ kind: "present" });
    await time.passes(0);
    room().canPublish = true;
    room().events.canPublishChanged();
    await time.passes(0);
    assert.deepEqual(
      [sound.connection.current, room().token, sound.microphone.current],
      ["connected", "of the new join", "on"],
    );
    room().events.disconnected("elsewhere");
    presence.set({ kind: "away" });
    presence.set({ kind: "present" });
    await time.passes(0);
    assert.equal(sound.connection.current, "elsewhere", "what another tab has stays there");
  });

  it("takes the audio back by itself once the other tab is gone, and only then", async () => {
    let freed: () => void = () => assert.fail();
    const calls: string[] = [];
    const { sound, time, room, rooms } = await soundOf(
      livekit,
      0.5,
      "listener",
      undefined,
      (whenFree) => {
        freed = whenFree;
        return { take: () => calls.push("take"), release: () => calls.push("release") };
      },
    );
    assert.deepEqual(calls, ["take"]);
    freed();
    assert.equal(rooms.length, 1, "this tab had the audio");
    room().events.disconnected("elsewhere");
    await time.passes(3_600_000);
    assert.equal(rooms.length, 1);
    freed();
    await time.passes(0);
    assert.deepEqual([sound.connection.current, rooms.length], ["connected", 2]);
    sound.close();
    assert.deepEqual(calls, ["take", "take", "release"]);
  });

  it("reports who is heard", async () => {
    const { sound, room } = await soundOf();
    room().events.microphonesOn(["ben"]);
    room().events.speaking([{ uid: "ben", level: 0.4 }]);
    assert.deepEqual(sound.voices.current, [{ uid: "ben", level: 0.4 }]);
    sound.close();
    assert.deepEqual(sound.voices.current, []);
  });

  it("reports no voice over music", async () => {
    const { sound, room, playback } = await soundOf();
    const ben = { uid: "ben", level: 0.4 };
    room().events.microphonesOn(["ben"]);
    room().events.speaking([ben]);
    playback.set(playbackIn("music"));
    assert.deepEqual(sound.voices.current, []);
    room().events.speaking([ben]);
    assert.deepEqual(sound.voices.current, [], "the room's report arrives late");
    playback.set(playbackIn("talk"));
    assert.deepEqual(sound.voices.current, [ben], "the room reports changes only");
  });

  it("reports nobody as speaking whose microphone is off", async () => {
    const { sound, room } = await soundOf();
    const heard = () => sound.voices.current.map(({ uid }) => uid);
    room().events.speaking([{ uid: "ben", level: 0.4 }]);
    assert.deepEqual(heard(), []);
    room().events.microphonesOn(["ben", "dan"]);
    assert.deepEqual(heard(), ["ben"], "the microphone became known after the voice");
    room().events.microphonesOn(["dan"]);
    assert.deepEqual(heard(), []);
    room().events.microphonesOn(["ben", "dan"]);
    assert.deepEqual(heard(), ["ben"], "the room reports changes only");
  });

  it("keeps the volume and the microphone that the person chose when it reconnects", async () => {
    const { sound, time, rooms, room } = await soundOf();
    sound.setVolume(0.4);
    await sound.chooseMicrophone("headset");
    assert.deepEqual([room().volume, room().microphoneId], [0.4, "headset"]);
    room().events.disconnected("lost");
    await time.passes(10_000);
    assert.deepEqual([rooms.length, room().volume, room().microphoneId], [2, 0.4, "headset"]);
    sound.setVolume(7);
    assert.deepEqual([sound.volume.current, room().volume], [1, 1]);
  });

  it("measures the person's own microphone while it is on and somebody looks", async () => {
    const { sound, time, room } = await soundOf();
    room().loudness = 0.3;
    const levels: number[] = [];
    const stop = sound.level.subscribe((level) => levels.push(level));
    await time.passes(100);
    assert.deepEqual(levels, [0]);
    room().canPublish = true;
    await sound.unmute();
    await time.passes(100);
    room().loudness = 0.6;
    await time.passes(100);
    await sound.mute();
    await time.passes(100);
    assert.deepEqual(levels, [0, 0.3, 0.6, 0]);
    stop();
    await sound.unmute();
    await time.passes(1_000);
    assert.equal(levels.length, 4);
  });

  it("reports whose microphones are on, while connected", async () => {
    const { sound, room } = await soundOf();
    room().events.microphonesOn(["ben", "me"]);
    assert.deepEqual(sound.microphonesOn.current, ["ben", "me"]);
    room().events.disconnected("lost");
    assert.deepEqual(sound.microphonesOn.current, []);
  });
});
