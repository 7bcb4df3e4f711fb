import { hashOf } from "../ui/hash.js";

/** An arpeggio that replaces a track. */
export interface Melody {
  readonly stepMs: number;
  /** The pitch of a step; undefined for a rest. */
  pitchAt(step: number): number | undefined;
  readonly shape: OscillatorType;
}

const PENTATONIC = [0, 3, 5, 7, 10];
const SHAPES: readonly OscillatorType[] = ["sine", "triangle"];

/** Derived from the track alone, so it is the same for everyone. */
export function melodyOf(trackUri: string): Melody {
  const hash = hashOf(trackUri);
  const rootHz = 164.8 * 2 ** ((hash % 12) / 12);
  const beatsPerMinute = 84 + ((hash >>> 5) % 40);
  return {
    stepMs: 30_000 / beatsPerMinute,
    shape: SHAPES[(hash >>> 11) % SHAPES.length] ?? "sine",
    pitchAt(step) {
      const inBar = step % 16;
      const bar = Math.floor(step / 16) % 4;
      const note = hashOf(`${trackUri}:${bar}:${inBar}`);
      if (inBar !== 0 && note % 5 === 0) return undefined;
      const degree = inBar % 4 === 0 ? 0 : (PENTATONIC[note % PENTATONIC.length] ?? 0);
      const octave = note % 7 === 0 ? 12 : 0;
      return rootHz * 2 ** ((degree + octave) / 12);
    },
  };
}
