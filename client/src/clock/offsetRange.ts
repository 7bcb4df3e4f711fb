/** One question to the server, by the device's monotonic clock, and the answer. */
export interface TimeSample {
  readonly sentAt: number;
  readonly receivedAt: number;
  /** The server's clock in whole ms since the epoch, read somewhere between the two. */
  readonly serverMs: number;
}

/** What must be added to the monotonic clock to get the server's: it lies in here, at the moment `at`. */
export interface OffsetRange {
  readonly low: number;
  readonly high: number;
  readonly at: number;
}

/** Both clocks are read to the millisecond below. */
const READING_MS = 1;

/**
 * What a sample proves: the server read its clock neither before it was asked nor after the answer was
 * here. The middle is the usual estimate (server + rtt/2 − received) and half the width, half the round
 * trip, its error at worst, however unequal the two ways were.
 */
export function rangeOf({ sentAt, receivedAt, serverMs }: TimeSample): OffsetRange {
  return {
    low: serverMs - receivedAt - READING_MS,
    high: serverMs - sentAt + READING_MS,
    at: sentAt,
  };
}

/** What is left of the proof at a later moment, between clocks that part by up to `driftPpm`. */
export function aged(range: OffsetRange, now: number, driftPpm: number): OffsetRange {
  if (now <= range.at) return range;
  // Elapsed time is itself counted by the clock that drifts.
  const drift = ((now - range.at) * driftPpm) / (1e6 - driftPpm);
  return { low: range.low - drift, high: range.high + drift, at: now };
}

/**
 * What two proofs leave together. A quick way there in one and a quick way back in the other add up, so
 * that it is never wider than the best round trip alone. Undefined: they contradict each other.
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
