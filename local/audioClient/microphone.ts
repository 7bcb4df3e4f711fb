import type { Room, TrackSource } from "@livekit/rtc-node";
import { publish, type Publication } from "./publication.js";
import { rtc } from "./rtc.js";
import { tone } from "./tone.js";

const SAMPLE_RATE = 48_000;
const SAMPLES_PER_FRAME = SAMPLE_RATE / 50;
/** How far the tone is ahead, so that a busy process does not make it stutter. */
const QUEUE_MS = 200;

/** A tone that is being said, until `stop`. */
export interface Speech {
  readonly publication: Publication;
  stop(): Promise<void>;
}

/**
 * Says a tone through a track of its own; undefined where LiveKit does not take the track. It goes on
 * until it is stopped, also when the permission is gone, as the one of a hostile app would.
 */
export async function sayTone(
  room: Room,
  frequencyHz: number,
  source: TrackSource,
  closing: AbortSignal,
): Promise<Speech | undefined> {
  const audio = new rtc.AudioSource(SAMPLE_RATE, 1, QUEUE_MS);
  const track = rtc.LocalAudioTrack.createAudioTrack("tone", audio);
  const publication = await publish(room, track, source, closing);
  if (!publication) {
    await track.close();
    return undefined;
  }
  const next = tone(frequencyHz, SAMPLE_RATE, SAMPLES_PER_FRAME);
  const stopping = new AbortController();
  const saying = (async () => {
    while (!stopping.signal.aborted) {
      // Comes back as soon as the queue has room.
      await audio.captureFrame(new rtc.AudioFrame(next(), SAMPLE_RATE, 1, SAMPLES_PER_FRAME));
    }
  })();
  return {
    publication,
    async stop() {
      stopping.abort();
      // A frame on its way into a closed source would never come back.
      await saying;
      await publication.unpublish();
      await track.close();
    },
  };
}
