import type { Coefficients } from "./coefficients.js";
import type { Quantities } from "./bill.js";
import type { Scenario } from "./scenario.js";
import type { Usage } from "./usage.js";

/** Who transports the voices: LiveKit Cloud, or a self-hosted LiveKit server. */
export type AudioHost = "cloud" | "selfHosted";

/** Machines like the benchmark's come in steps of four vCPUs, up to sixty. */
const VCPU_STEP = 4;
/** The machine in LiveKit's benchmark, on which one room fitted. */
export const BENCHMARK_VCPUS = 16;

export function audioQuantities(
  host: AudioHost,
  scenario: Scenario,
  usage: Usage,
  c: Coefficients,
): Quantities {
  if (host === "cloud") {
    return {
      livekitCloudMinutes: usage.audioMinutes,
      livekitCloudEgressBytes: usage.audioEgressBytes,
    };
  }
  return {
    machineVcpuHours: machineVcpus(scenario.listeners, c) * (scenario.minutes / 60),
    machineEgressBytes: usage.audioEgressBytes,
  };
}

export function machineVcpus(listeners: number, c: Coefficients): number {
  return Math.max(1, Math.ceil(listeners / c["audio.listenersPerCore"] / VCPU_STEP)) * VCPU_STEP;
}

/** A room cannot be split across nodes. */
export function fitsOneNode(listeners: number, c: Coefficients): boolean {
  return listeners <= BENCHMARK_VCPUS * c["audio.listenersPerCore"];
}
