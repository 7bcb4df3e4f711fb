/** One request for the server's time, timed by the device's monotonic clock. */
export interface TimeSample {
  readonly sentAt: number;
  readonly receivedAt: number;
  /** The server's clock in whole ms since the epoch, read at some point between the two. */
  readonly serverMs: number;
}

/** Bounds of the offset from the monotonic clock to the server's, at the moment `at`. */
export interface OffsetRange {
  readonly low: number;
  readonly high: number;
  readonly at: number;
}

/** Both clocks round down to the millisecond. */
const READING_MS = 1;

/**
 * The bounds that a sample proves: the server read its clock after the request left and before the answer arrived.
 * The middle is the usual estimate (server + rtt/2 − received). Half the width is its largest error, half the round
 * trip, however unequal the two directions were.
 */
export function rangeOf({ sentAt, receivedAt, serverMs }: TimeSample): OffsetRange {
  return {
    low: serverMs - receivedAt - READING_MS,
    high: serverMs - sentAt + READING_MS,
    at: sentAt,
  };
}

/** Widens the bounds for a later moment, with clocks that drift apart by up to `driftPpm`. */
export function aged(range: OffsetRange, now: number, driftPpm: number): OffsetRange {
  if (now <= range.at) return range;
  // The elapsed time is measured by the drifting clock, too.
  const drift = ((now - range.at) * driftPpm) / (1e6 - driftPpm);
  return { low: range.low - drift, high: range.high + drift, at: now };
}

/**
 * The intersection of two bounds. A fast request in one sample and a fast answer in the other combine, so it is
 * never wider than the best round trip alone. Undefined: the samples contradict each other.
 */
export function meet(
  one: OffsetRange,
  other: OffsetRange,
  driftPpm: number,
): OffsetRange | undefined {
  const at = Math.max(one.at, other.at);
  const first = aged(one, at, driftPpm);
  const second = aged(other, at, driftPpm);
  const low = Math.max(first.low, second.low);
  const high = Math.min(first.high, second.high);
  return low <= high ? { low, high, at } : undefined;
}

export function middleOf({ low, high }: OffsetRange): number {
  return (low + high) / 2;
}
