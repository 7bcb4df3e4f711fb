import type { Chance } from "./syncRandom.js";

/** A network of phones as they are found in the wild: fixed, so that results can be compared. */
export const network = {
  medianOneWayMs: 40,
  p95OneWayMs: 200,
  meanJitterMs: 15,
  spikeShare: 0.02,
  longestSpikeMs: 2_000,
} as const;

/** A phone's two ways to and from a server. `largestShare` of its round trip may be on one of them. */
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

/** Messages that cannot overtake one another: a Firestore listener's, a socket's. */
export class OrderedLine {
  #lastAt = -Infinity;

  /** When a message arrives that would arrive at `moment` by itself. */
  arrival(moment: number): number {
    this.#lastAt = Math.max(this.#lastAt, moment);
    return this.#lastAt;
  }
}
