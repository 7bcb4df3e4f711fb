const REMEMBERED = 8;
const LONGEST_MS = 3_000;

/** How long after a command its effect is heard, learned from what was heard. */
export class CommandLatency {
  readonly #guessMs: number;
  #seen: number[] = [];

  constructor(guessMs: number) {
    this.#guessMs = guessMs;
  }

  /** What the next command will take, as far as one can know. */
  get ms(): number {
    return this.#seen.length === 0 ? this.#guessMs : median(this.#seen);
  }

  /** How far a command is off from what is expected of it, typically. */
  get scatterMs(): number {
    if (this.#seen.length < 3) return 0;
    const expected = this.ms;
    return median(this.#seen.map((latency) => Math.abs(latency - expected)));
  }

  learn(latencyMs: number): void {
    this.#seen = [...this.#seen, Math.max(0, Math.min(LONGEST_MS, latencyMs))].slice(-REMEMBERED);
  }
}

// Neither the mean nor the upper of two: one command that was stuck for two seconds must not spoil the
// next ones.
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1] ?? NaN;
}
