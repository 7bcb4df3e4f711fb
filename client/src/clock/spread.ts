/**
 * Returns 0.5 to 1.5 times `ms`, depending on a random number from 0 to 1. After an outage, thousands of phones with
 * the same pauses would all come back at the same moments.
 */
export function spread(ms: number, random: number): number {
  return ms * (0.5 + random);
}

const LISTENERS_SPREAD_MS = 10_000;

/**
 * How long to wait, in ms, before the first attempt to come back from what all phones lost at once: the show or its
 * LiveKit room. Listeners reconnect over 10 s; the few people on the stage reconnect at once, which recreates the room.
 */
export function waitForTurn(role: string, random: number): number {
  return role === "listener" ? LISTENERS_SPREAD_MS * random : 0;
}
