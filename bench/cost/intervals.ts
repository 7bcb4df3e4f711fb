/**
 * How often the server publishes, by the size of the audience. Both rise with the logarithm of the
 * audience between their two ends.
 */
export function digestIntervalSeconds(listeners: number): number {
  return rising(listeners, { from: 1_000, seconds: 2 }, { from: 10_000, seconds: 10 });
}

export function audienceIntervalSeconds(listeners: number): number {
  return rising(listeners, { from: 100, seconds: 5 }, { from: 10_000, seconds: 60 });
}

interface End {
  readonly from: number;
  readonly seconds: number;
}

function rising(listeners: number, shortest: End, longest: End): number {
  if (listeners <= shortest.from) return shortest.seconds;
  if (listeners >= longest.from) return longest.seconds;
  const share = Math.log(listeners / shortest.from) / Math.log(longest.from / shortest.from);
  return shortest.seconds + share * (longest.seconds - shortest.seconds);
}
