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

/** Measures what one listener really hears from each participant. Times are `performance.now()`. */
export interface Hearing {
  /**
   * Resolves with the time when sound of `uid` first arrives, counted from the call or from
   * `since`.
   */
  hears(
    uid: string,
    options?: { since?: number; frequencyHz?: number; patienceMs?: number },
  ): Promise<number>;
  /**
   * Resolves with the time of the last sound of `uid`, after a while without sound, counted from
   * the call or from `since`. Undefined if there never was any.
   */
  silentSince(uid: string, options?: { since?: number }): Promise<number | undefined>;
  /** The duration of the sound of `uid`, in total or within a period. */
  heardMs(uid: string, stretch?: Stretch): number;
  /** The periods in which `uid` was audible. */
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
  const described = (uid: string) => {
    const publications = room.remoteParticipants.get(uid)?.trackPublications.values() ?? [];
    return JSON.stringify({
      connected: isConnected(),
      tracks: [...publications].map(({ sid, subscribed, muted }) => ({ sid, subscribed, muted })),
      heard: soundOf(uid).intervals(),
    });
  };

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
      const { since = performance.now() } = options;
      const end = performance.now() + PATIENCE_MS;
      const sound = soundOf(uid);
      for (;;) {
        // A disconnected listener would always report silence.
        if (!isConnected()) throw new Error(`the listener is not connected: ${described(uid)}`);
        const { lastAt } = sound;
        const quietUntil = Math.max(lastAt ?? since, since) + QUIET_MS;
        if (performance.now() >= quietUntil) {
          // A busy process runs its timers before it handles frames that have already arrived.
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
  // Some ways of disconnecting do not end the audio streams.
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
