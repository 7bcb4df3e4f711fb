const REMEMBERED = 8;
const LONGEST_MS = 3_000;

/** How long after a command its effect is heard, learned from what was heard. */
export class CommandLatency {
  readonly #guessMs: number;
  #seen: number[] = [];

  constructor(guessMs: number) {
    this.#guessMs = guessMs;
  }

  get isLearned(): boolean {
    return this.#seen.length > 0;
  }

  /** What the next command will take, as far as one can know. */
  get ms(): number {
    return this.#seen.length === 0 ? this.#guessMs : mean(this.#seen);
  }

  /** How far a command is off from what is expected of it, typically. */
  get scatterMs(): number {
    if (this.#seen.length < 3) return 0;
    const expected = this.ms;
    return mean(this.#seen.map((latency) => Math.abs(latency - expected)));
  }

  learn(latencyMs: number): void {
    this.#seen = [...this.#seen, Math.max(0, Math.min(LONGEST_MS, latencyMs))].slice(-REMEMBERED);
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
