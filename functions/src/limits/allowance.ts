/** `count` can be taken at once; all are available again after `refillMs`. */
export interface Allowance {
  readonly count: number;
  readonly refillMs: number;
}

/** Taken: `fullAt` is the moment to store. Not taken: one is available after `waitMs`. */
export type Taking = { readonly fullAt: number } | { readonly waitMs: number };

/**
 * Takes one from an allowance that is stored as the moment when it is full again (a token bucket in one number:
 * https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm).
 */
export function takeOne(
  { count, refillMs }: Allowance,
  fullAt: number | undefined,
  now: number,
): Taking {
  const afterwards = Math.max(fullAt ?? now, now) + refillMs / count;
  const waitMs = afterwards - now - refillMs;
  return waitMs > 0 ? { waitMs } : { fullAt: afterwards };
}
