/**
 * Half to one and a half times as long, by a random number from 0 to 1. After an outage, thousands of phones with the
 * same pauses would all come back at the same moments.
 */
export function spread(ms: number, random: number): number {
  return ms * (0.5 + random);
}
