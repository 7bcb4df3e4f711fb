/** Cloud Run bills an instance by this much at least. */
const BILLED_MS = 100;

interface Work {
  readonly callsPerSecond: number;
  /** From a call's arrival to its answer. */
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Calls that one instance answers at once. */
  readonly concurrency: number;
}

/**
 * How many instances of a function are billed, on average. Rare calls each pay for their own time,
 * rounded up; calls that overlap share an instance until its CPU or its concurrency is used up.
 */
export function busyInstances({ callsPerSecond, wallMs, cpuMs, concurrency }: Work): number {
  const billedSeconds = (Math.ceil(wallMs / BILLED_MS) * BILLED_MS) / 1_000;
  // The share of the time in which at least one call runs, when calls come at random.
  const somethingRuns = 1 - Math.exp(-callsPerSecond * billedSeconds);
  const byCpu = callsPerSecond * (cpuMs / 1_000);
  const byConcurrency = (callsPerSecond * (wallMs / 1_000)) / concurrency;
  return Math.max(somethingRuns, byCpu, byConcurrency);
}
