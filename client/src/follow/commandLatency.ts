const REMEMBERED = 8;
const LONGEST_MS = 3_000;

/** Learns how long a command takes to become audible. */
export class CommandLatency {
  readonly #guessMs: number;
  #seen: number[] = [];

  constructor(guessMs: number) {
    this.#guessMs = guessMs;
  }

  /** The expected latency of the next command. */
  get ms(): number {
    return this.#seen.length === 0 ? this.#guessMs : median(this.#seen);
  }

  /** The typical difference between the expected and the actual latency. */
  get scatterMs(): number {
    if (this.#seen.length < 3) return 0;
    const expected = this.ms;
    return median(this.#seen.map((latency) => Math.abs(latency - expected)));
  }

  learn(latencyMs: number): void {
    this.#seen = [...this.#seen, Math.max(0, Math.min(LONGEST_MS, latencyMs))].slice(-REMEMBERED);
  }
}

// The lower median: one command that was stuck for two seconds must not distort the estimate.
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? NaN;
}
