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

/** The model's two data files. */
export interface Knowledge {
  readonly coefficients: Coefficients;
  readonly prices: Prices;
}

export async function readKnowledge(): Promise<Knowledge> {
  const [coefficients, prices] = await Promise.all([readCoefficients(), readPrices()]);
  return { coefficients: valuesOf(coefficients), prices };
}

/** One show with one design: its use and its cost. */
export interface Estimate {
  readonly scenario: Scenario;
  readonly design: DesignName;
  readonly usage: Usage;
  readonly dollars: Readonly<Record<AudioHost, Dollars>>;
  /** Whether one room of a self-hosted LiveKit server can hold the show. */
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
