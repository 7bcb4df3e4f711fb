import type { Chance } from "./random.js";

/** A typical network of phones, with fixed parameters so that results are comparable. */
export const network = {
  medianOneWayMs: 40,
  p95OneWayMs: 200,
  meanJitterMs: 15,
  spikeShare: 0.02,
  longestSpikeMs: 2_000,
} as const;

/**
 * A phone's connection to and from a server. One direction can take up to `largestShare` of a round
 * trip.
 */
export class PhoneNetwork {
  readonly #chance: Chance;
  readonly #upMs: number;
  readonly #downMs: number;

  constructor(chance: Chance, largestShare: number) {
    this.#chance = chance;
    const roundTrip = 2 * chance.logNormal(network.medianOneWayMs, network.p95OneWayMs);
    const up = chance.between(1 - largestShare, largestShare);
    this.#upMs = roundTrip * up;
    this.#downMs = roundTrip * (1 - up);
  }

  upMs(): number {
    return this.#upMs + this.#delay();
  }

  downMs(): number {
    return this.#downMs + this.#delay();
  }

  #delay(): number {
    const spike =
      this.#chance.next() < network.spikeShare
        ? this.#chance.between(0, network.longestSpikeMs)
        : 0;
    return this.#chance.exponential(network.meanJitterMs) + spike;
  }
}

/** Messages that cannot overtake each other, as on a Firestore listener or a socket. */
export class OrderedLine {
  #lastAt = -Infinity;

  /** The arrival of a message that would otherwise arrive at `moment`. */
  arrival(moment: number): number {
    this.#lastAt = Math.max(this.#lastAt, moment);
    return this.#lastAt;
  }
}
