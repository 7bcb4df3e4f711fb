import type { RemoteTrack, Room } from "@livekit/rtc-node";
import { setImmediate, setTimeout } from "node:timers/promises";
import type { Changes } from "./changes.js";
import {
  FRAME_MS,
  heardSound,
  type AudibleInterval,
  type HeardSound,
  type Stretch,
} from "./heardSound.js";
import { frequencyOf, rmsOf } from "./loudness.js";
import { rtc } from "./rtc.js";

const SAMPLE_RATE = 16_000;
const PATIENCE_MS = 10_000;
const QUIET_MS = 500;

/** Measures what one listener really hears of each other person. Times are `performance.now()`. */
export interface Hearing {
  /** When sound of `uid` arrived first, from the call on or from `since`. */
  hears(
    uid: string,
    options?: { since?: number; frequencyHz?: number; patienceMs?: number },
  ): Promise<number>;
  /**
   * When the last sound of `uid` arrived, once none has come for `quietMs` from the call on or from
   * `since`; undefined if there never was any.
   */
  silentSince(
    uid: string,
    options?: { since?: number; quietMs?: number; patienceMs?: number },
  ): Promise<number | undefined>;
  /** How much sound of `uid` arrived, at all or within a stretch of time. */
  heardMs(uid: string, stretch?: Stretch): number;
  /** When `uid` could be heard so far. */
  intervals(uid: string): AudibleInterval[];
}

export function hearing(
  room: Room,
  changes: Changes,
  isConnected: () => boolean,
  closing: AbortSignal,
): Hearing {
  const sounds = new Map<string, HeardSound>();
  const soundOf = (uid: string): HeardSound => {
    const sound = sounds.get(uid) ?? heardSound();
    sounds.set(uid, sound);
    return sound;
  };
  const described = (uid: string) =>
    JSON.stringify({ connected: isConnected(), heard: soundOf(uid).intervals() });

  room.on(rtc.RoomEvent.TrackSubscribed, (track, _publication, participant) => {
    if (track.kind === rtc.TrackKind.KIND_AUDIO) {
      void listen(track, soundOf(participant.identity), changes, closing);
    }
  });

  return {
    async hears(uid, { since = performance.now(), frequencyHz, patienceMs = PATIENCE_MS } = {}) {
      const { at } = await changes.until(
        () => soundOf(uid).first(since, frequencyHz),
        patienceMs,
        () => `${uid} is not heard (${String(frequencyHz ?? "any")} Hz): ${described(uid)}`,
      );
      return at;
    },
    async silentSince(uid, options = {}) {
      const { since = performance.now(), quietMs = QUIET_MS, patienceMs = PATIENCE_MS } = options;
      const end = performance.now() + patienceMs;
      const sound = soundOf(uid);
      for (;;) {
        // One who is gone hears nothing, whatever is said.
        if (!isConnected()) throw new Error(`the listener is not connected: ${described(uid)}`);
        const { lastAt } = sound;
        const quietUntil = Math.max(lastAt ?? since, since) + quietMs;
        if (performance.now() >= quietUntil) {
          // A busy process runs its timers before it takes the frames that have arrived meanwhile.
          await setImmediate();
          await setImmediate();
          if (sound.lastAt === lastAt) return lastAt;
        } else if (performance.now() >= end) {
          throw new Error(`${uid} is still heard: ${described(uid)}`);
        } else {
          await setTimeout(quietUntil - performance.now());
        }
      }
    },
    heardMs: (uid, stretch) => soundOf(uid).heardMs(stretch),
    intervals: (uid) => soundOf(uid).intervals(),
  };
}

async function listen(
  track: RemoteTrack,
  sound: HeardSound,
  changes: Changes,
  closing: AbortSignal,
): Promise<void> {
  const frames = new rtc.AudioStream(track, {
    sampleRate: SAMPLE_RATE,
    numChannels: 1,
    frameSizeMs: FRAME_MS,
  }).getReader();
  // Not every way in which a connection ends is an end for its streams.
  const cancel = () => void frames.cancel();
  closing.addEventListener("abort", cancel, { once: true });
  for (;;) {
    const { done, value: frame } = await frames.read();
    if (done) break;
    sound.add({
      at: performance.now(),
      rms: rmsOf(frame.data),
      frequencyHz: frequencyOf(frame.data, SAMPLE_RATE),
    });
    changes.happened();
  }
  closing.removeEventListener("abort", cancel);
}
