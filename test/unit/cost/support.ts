import { coefficientName, type Coefficients } from "../../../bench/cost/coefficients.js";
import type { Scenario } from "../../../bench/cost/scenario.js";
import { z } from "zod";

const all = z.record(coefficientName, z.number());

/** Everything is free except the given prices, so that an example can be calculated by hand. */
export function only(named: Partial<Coefficients>): Coefficients {
  const none = Object.fromEntries(coefficientName.options.map((name) => [name, 0]));
  return all.parse({ ...none, "audio.listenersPerCore": 1, ...named });
}

/** 100 listeners for ten minutes without any activity. */
export function still(changes: Partial<Scenario> = {}): Scenario {
  return {
    listeners: 100,
    minutes: 10,
    commentsPerSecond: 0,
    reactionsPerSecond: 0,
    joinsPerSecond: 0,
    musicShare: 0,
    ...changes,
  };
}
