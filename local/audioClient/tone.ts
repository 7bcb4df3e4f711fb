const AMPLITUDE = 0.3;

/** A tone without end in frames of 16 bits: each goes on where the one before it stopped. */
export function tone(
  frequencyHz: number,
  sampleRate: number,
  samplesPerFrame: number,
): () => Int16Array {
  const step = (2 * Math.PI * frequencyHz) / sampleRate;
  let said = 0;
  return () => {
    const start = said;
    said += samplesPerFrame;
    return Int16Array.from(
      { length: samplesPerFrame },
      (_, index) => AMPLITUDE * 32_767 * Math.sin(step * (start + index)),
    );
  };
}
