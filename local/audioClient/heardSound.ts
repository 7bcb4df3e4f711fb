/** Sound comes in frames of this length. */
export const FRAME_MS = 10;

/** Above this a person would hear it; what a codec makes of silence is far below. */
export const AUDIBLE_RMS = 0.01;

/** A pause that is longer ends an interval: a stutter of the network or of this process does not. */
const PAUSE_MS = 100;

/** Other tones of a test are further away than this part of a tone's frequency. */
const TONE_TOLERANCE = 0.15;

/** Times are `performance.now()` of this process. */
export interface AudibleFrame {
  /** When it arrived. */
  readonly at: number;
  readonly rms: number;
  /** What the frame sounds like, if it is a tone. */
  readonly frequencyHz: number | undefined;
}

/** A stretch in which somebody could be heard. */
export interface AudibleInterval {
  readonly from: number;
  readonly to: number;
  /** How much of it was sound. */
  readonly heardMs: number;
  /** The median of its frames'. */
  readonly frequencyHz: number | undefined;
}

export interface Stretch {
  readonly from?: number;
  readonly to?: number;
}

/** All that one listener heard of one person, however often he came back. */
export interface HeardSound {
  readonly lastAt: number | undefined;
  add(frame: AudibleFrame): void;
  /** The first frame from `since` on; with a frequency the first that has it. */
  first(since: number, frequencyHz?: number): AudibleFrame | undefined;
  heardMs(stretch?: Stretch): number;
  intervals(): AudibleInterval[];
}

export function heardSound(): HeardSound {
  const frames: AudibleFrame[] = [];
  return {
    get lastAt() {
      return frames.at(-1)?.at;
    },
    add(frame) {
      if (frame.rms > AUDIBLE_RMS) frames.push(frame);
    },
    first: (since, frequencyHz) =>
      frames.find(
        (frame) => frame.at >= since && (frequencyHz === undefined || isTone(frame, frequencyHz)),
      ),
    heardMs: ({ from = -Infinity, to = Infinity } = {}) =>
      frames.filter(({ at }) => at >= from && at <= to).length * FRAME_MS,
    intervals: () => stretchesOf(frames).map(intervalOf),
  };
}

function isTone(frame: AudibleFrame, frequencyHz: number): boolean {
  return (
    frame.frequencyHz !== undefined &&
    Math.abs(frame.frequencyHz - frequencyHz) <= frequencyHz * TONE_TOLERANCE
  );
}

function stretchesOf(frames: readonly AudibleFrame[]): AudibleFrame[][] {
  const stretches: AudibleFrame[][] = [];
  for (const frame of frames) {
    const current = stretches.at(-1);
    const before = current?.at(-1);
    if (current && before && frame.at - before.at <= PAUSE_MS) current.push(frame);
    else stretches.push([frame]);
  }
  return stretches;
}

function intervalOf(frames: readonly AudibleFrame[]): AudibleInterval {
  const frequencies = frames.flatMap(({ frequencyHz }) => frequencyHz ?? []).sort((a, b) => a - b);
  return {
    from: frames.at(0)?.at ?? 0,
    to: frames.at(-1)?.at ?? 0,
    heardMs: frames.length * FRAME_MS,
    frequencyHz: frequencies[Math.floor(frequencies.length / 2)],
  };
}
