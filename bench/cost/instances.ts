/** Cloud Run's minimum billed time per instance. */
const BILLED_MS = 100;

interface Work {
  readonly callsPerSecond: number;
  /** From a call's arrival to its answer. */
  readonly wallMs: number;
  readonly cpuMs: number;
  /** The number of calls that one instance answers at once. */
  readonly concurrency: number;
}

/**
 * The average number of billed instances of a function. Rare calls each pay for their own rounded
 * time. Overlapping calls share an instance until its CPU or its concurrency is used up.
 */
export function busyInstances({ callsPerSecond, wallMs, cpuMs, concurrency }: Work): number {
  const billedSeconds = (Math.ceil(wallMs / BILLED_MS) * BILLED_MS) / 1_000;
  // The share of time with at least one running call, for randomly arriving calls.
  const somethingRuns = 1 - Math.exp(-callsPerSecond * billedSeconds);
  const byCpu = callsPerSecond * (cpuMs / 1_000);
  const byConcurrency = (callsPerSecond * (wallMs / 1_000)) / concurrency;
  return Math.max(somethingRuns, byCpu, byConcurrency);
}
