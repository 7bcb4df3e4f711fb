/** Measured values in ms. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly n: number;
}

/** The value that the given share of samples does not exceed (nearest rank). */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

export function spreadOf(samples: readonly number[]): Spread {
  const rounded = (share: number) => Math.round(percentile(samples, share) * 10) / 10;
  return { p50: rounded(0.5), p95: rounded(0.95), n: samples.length };
}

/** Differences up to this are counted with a precision of 0.05 ms, larger ones with 0.1 %. */
const FINE_MS = 50;
const STEP = 0.001;
const BINS = 32_768;

/** Counts the differences between all pairs of values. The pairs are far too many to store. */
export class DifferenceCounter {
  readonly #bins = new Uint32Array(BINS);
  #count = 0;

  /** Counts all pairs of these values. */
  add(values: readonly number[]): void {
    const scale = 1 / Math.log1p(STEP);
    const sorted = Float64Array.from(values).sort();
    for (const [place, value] of sorted.entries()) {
      for (let other = place + 1; other < sorted.length; other += 1) {
        const difference = (sorted[other] ?? value) - value;
        const bin = Math.min(BINS - 1, Math.round(Math.log1p(difference / FINE_MS) * scale));
        this.#bins[bin] = (this.#bins[bin] ?? 0) + 1;
      }
    }
    this.#count += (values.length * (values.length - 1)) / 2;
  }

  /** The difference that the given share of pairs does not exceed. */
  percentile(share: number): number {
    let left = Math.max(1, Math.ceil(this.#count * share));
    const bin = this.#bins.findIndex((count) => (left -= count) <= 0);
    return bin < 0 ? NaN : FINE_MS * Math.expm1(bin * Math.log1p(STEP));
  }
}
