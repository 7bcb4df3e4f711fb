/** The length of a sound frame: that of the packets in which sound arrives. */
export const FRAME_MS = 20;

/** A person would hear anything above this. A codec's noise during silence is far below. */
export const AUDIBLE_RMS = 0.01;

/** A longer pause ends an interval. A stutter of the network or of this process is shorter. */
const PAUSE_MS = 100;

/** The relative tolerance for a tone. All tones in one test are further apart. */
const TONE_TOLERANCE = 0.15;

/** Times are this process's `performance.now()`. */
export interface AudibleFrame {
  /** When the frame arrived. */
  readonly at: number;
  readonly rms: number;
  /** The frame's frequency, if it is a tone. */
  readonly frequencyHz: number | undefined;
}

/** A period in which a participant was audible. */
export interface AudibleInterval {
  readonly from: number;
  readonly to: number;
  /** The duration of the sound in it. */
  readonly heardMs: number;
  /** The median frequency of its frames. */
  readonly frequencyHz: number | undefined;
}

export interface Stretch {
  readonly from?: number;
  readonly to?: number;
}

/** Everything that one listener heard from one participant, across reconnects. */
export interface HeardSound {
  readonly lastAt: number | undefined;
  add(frame: AudibleFrame): void;
  /** The first frame since `since`, or the first with that frequency if one is given. */
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
