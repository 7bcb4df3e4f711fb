/** From `rate` comments per second on, everyone but hosts waits `seconds` between comments. */
const STEPS = [
  { rate: 10, seconds: 30 },
  { rate: 5, seconds: 10 },
  { rate: 2, seconds: 5 },
] as const;

/**
 * A step ends only when comments arrive at less than this share of its rate, so that it does not switch back and
 * forth.
 */
const RELEASE_SHARE = 0.5;

/**
 * The wait between two comments of a person in adaptive slow mode, in seconds, from the comments per second and the
 * current wait.
 */
export function adaptedSlowMode(rate: number, seconds: number): number {
  const wanted = STEPS.find((step) => rate >= step.rate)?.seconds ?? 0;
  if (wanted >= seconds) return wanted;
  const current = STEPS.find((step) => step.seconds === seconds);
  return current && rate >= current.rate * RELEASE_SHARE ? seconds : wanted;
}
