import type { Room, TrackSource } from "@livekit/rtc-node";
import { publish, type Publication } from "./publication.js";
import { rtc } from "./rtc.js";
import { tone } from "./tone.js";

const SAMPLE_RATE = 48_000;
const SAMPLES_PER_FRAME = SAMPLE_RATE / 50;
/** How far ahead the tone is queued, so that a busy process does not make it stutter. */
const QUEUE_MS = 200;

/** A tone that is published until `stop`. */
export interface Speech {
  readonly publication: Publication;
  stop(): Promise<void>;
}

/**
 * Publishes a tone on its own track; undefined if LiveKit refuses the track. It continues until
 * `stop`, even without the permission, like a hostile app.
 */
export async function sayTone(
  room: Room,
  frequencyHz: number,
  source: TrackSource,
  closing: AbortSignal,
  refusedAfterMs?: number,
): Promise<Speech | undefined> {
  const audio = new rtc.AudioSource(SAMPLE_RATE, 1, QUEUE_MS);
  const track = rtc.LocalAudioTrack.createAudioTrack("tone", audio);
  const publication = await publish(room, track, source, closing, refusedAfterMs);
  if (!publication) {
    await track.close();
    return undefined;
  }
  const next = tone(frequencyHz, SAMPLE_RATE, SAMPLES_PER_FRAME);
  const stopping = new AbortController();
  const saying = (async () => {
    while (!stopping.signal.aborted) {
      // Resolves as soon as the queue has room.
      await audio.captureFrame(new rtc.AudioFrame(next(), SAMPLE_RATE, 1, SAMPLES_PER_FRAME));
    }
  })();
  return {
    publication,
    async stop() {
      stopping.abort();
      // Capturing a frame into a closed source would never resolve.
      await saying;
      await publication.unpublish();
      await track.close();
    },
  };
}
