/** The root mean square of a 16-bit frame, where 1 is the maximum. */
export function rmsOf(samples: Int16Array): number {
  let squares = 0;
  for (const sample of samples) squares += sample * sample;
  return Math.sqrt(squares / samples.length) / 32_768;
}

/**
 * The frequency of a frame with a single tone, from its zero crossings; undefined with fewer than
 * two. Crossings are interpolated between samples, because a frame of 20 ms has only 18 of 440 Hz.
 */
export function frequencyOf(samples: Int16Array, sampleRate: number): number | undefined {
  let first: number | undefined;
  let last = 0;
  let crossings = 0;
  let before = samples[0] ?? 0;
  let index = 0;
  for (const sample of samples) {
    if (before < 0 !== sample < 0) {
      last = index - sample / (sample - before);
      first ??= last;
      crossings += 1;
    }
    before = sample;
    index += 1;
  }
  if (first === undefined || last === first) return undefined;
  return ((crossings - 1) * sampleRate) / (2 * (last - first));
}
