const AMPLITUDE = 0.3;

/** An endless tone in 16-bit frames, each of which continues the previous one. */
export function tone(
  frequencyHz: number,
  sampleRate: number,
  samplesPerFrame: number,
): () => Int16Array {
  const step = (2 * Math.PI * frequencyHz) / sampleRate;
  let position = 0;
  return () => {
    const start = position;
    position += samplesPerFrame;
    return Int16Array.from(
      { length: samplesPerFrame },
      (_, index) => AMPLITUDE * 32_767 * Math.sin(step * (start + index)),
    );
  };
}
