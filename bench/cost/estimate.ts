import { audioQuantities, fitsOneNode, type AudioHost } from "./audio.js";
import { backendQuantities, dollarsOf, type Dollars } from "./bill.js";
import { readCoefficients, valuesOf, type Coefficients } from "./coefficients.js";
import { ambient, naive } from "./designs.js";
import { readPrices, type Prices } from "./prices.js";
import type { Scenario } from "./scenario.js";
import { usageOf, type Usage } from "./usage.js";

const designs = { naive, Ambient: ambient };
export type DesignName = keyof typeof designs;
export const designNames = ["naive", "Ambient"] as const;

/** What the model knows: the two data files. */
export interface Knowledge {
  readonly coefficients: Coefficients;
  readonly prices: Prices;
}

export async function readKnowledge(): Promise<Knowledge> {
  const [coefficients, prices] = await Promise.all([readCoefficients(), readPrices()]);
  return { coefficients: valuesOf(coefficients), prices };
}

/** One show under one design: what it uses, and what that costs. */
export interface Estimate {
  readonly scenario: Scenario;
  readonly design: DesignName;
  readonly usage: Usage;
  readonly dollars: Readonly<Record<AudioHost, Dollars>>;
  /** Whether a LiveKit server of one's own can hold the show in one room. */
  readonly fitsOneNode: boolean;
}

export function estimateOf(
  scenario: Scenario,
  design: DesignName,
  { coefficients, prices }: Knowledge,
): Estimate {
  const usage = usageOf(scenario, designs[design], coefficients);
  const backend = backendQuantities(usage);
  const withAudio = (host: AudioHost) =>
    dollarsOf({ ...backend, ...audioQuantities(host, scenario, usage, coefficients) }, prices);
  return {
    scenario,
    design,
    usage,
    dollars: { cloud: withAudio("cloud"), selfHosted: withAudio("selfHosted") },
    fitsOneNode: fitsOneNode(scenario.listeners, coefficients),
  };
}
