const REMEMBERED = 8;
const LONGEST_MS = 3_000;

/** How long a command takes to become audible, as learned from earlier ones. */
export interface CommandLatency {
  readonly guessMs: number;
  /** The last few measured latencies. */
  readonly seen: readonly number[];
}

/** The expected latency of the next command. */
export function expectedMs({ guessMs, seen }: CommandLatency): number {
  return seen.length === 0 ? guessMs : median(seen);
}

/** The typical difference between the expected and the actual latency. */
export function scatterMs(latency: CommandLatency): number {
  if (latency.seen.length < 3) return 0;
  const expected = expectedMs(latency);
  return median(latency.seen.map((each) => Math.abs(each - expected)));
}

export function withLatency(latency: CommandLatency, latencyMs: number): CommandLatency {
  const capped = Math.max(0, Math.min(LONGEST_MS, latencyMs));
  return { ...latency, seen: [...latency.seen, capped].slice(-REMEMBERED) };
}

// The lower median: one command that was stuck for two seconds must not distort the estimate.
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? NaN;
}
