import { coefficientName, type Coefficients } from "../../../bench/cost/coefficients.js";
import type { Scenario } from "../../../bench/cost/scenario.js";
import { z } from "zod";

const all = z.record(coefficientName, z.number());

/** Nothing costs anything but what is named: an example that can be computed by hand. */
export function only(named: Partial<Coefficients>): Coefficients {
  const none = Object.fromEntries(coefficientName.options.map((name) => [name, 0]));
  return all.parse({ ...none, "function.concurrency": 1, "audio.listenersPerCore": 1, ...named });
}

/** 100 listeners for ten minutes in which nothing happens. */
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
