/** The root mean square of a frame of 16 bits, where 1 is the loudest. */
export function rmsOf(samples: Int16Array): number {
  let squares = 0;
  for (const sample of samples) squares += sample * sample;
  return Math.sqrt(squares / samples.length) / 32_768;
}

/**
 * The frequency of a frame that holds one tone, by its zero crossings; undefined where it has fewer
 * than two. The crossings are placed between the samples: 10 ms of 440 Hz have only eight.
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
