import { optionsOf } from "../../functions/src/functionOptions.js";
import type { Coefficients } from "./coefficients.js";
import { busyInstances } from "./instances.js";

const functionNames = [
  "joinShow",
  "leaveShow",
  "audioWebhook",
  "onParticipantWritten",
  "onCommentWritten",
  "onReactionWritten",
  "publishFeed",
  "sweepShow",
  "getSpotifyAccessToken",
  "serverTime",
] as const;
type FunctionName = (typeof functionNames)[number];

/** The number of calls of each function during a show. */
export type Calls = Readonly<Record<FunctionName, number>>;

interface FunctionTime {
  readonly calls: number;
  readonly vcpuSeconds: number;
  readonly memoryGibSeconds: number;
}

/** An instance of a function, as it is deployed. */
interface Size {
  readonly vcpus: number;
  readonly memoryGib: number;
  /** Calls that it answers simultaneously. */
  readonly concurrency: number;
}

const MIB_PER_GIB = 1_024;

export function sizeOf(name: FunctionName): Size {
  const { cpu, memory, concurrency } = optionsOf(name);
  return {
    vcpus: cpu,
    memoryGib: Number.parseInt(memory, 10) / MIB_PER_GIB,
    concurrency,
  };
}

/**
 * The billed quantities for the calls of a show with this duration. Each function has its own
 * instances.
 */
export function timeOf(calls: Calls, seconds: number, c: Coefficients): FunctionTime {
  const spent = functionNames.map((name) => {
    const { vcpus, memoryGib, concurrency } = sizeOf(name);
    const instances = busyInstances({
      callsPerSecond: calls[name] / seconds,
      wallMs: c[`${name}.wallMs`],
      cpuMs: c["function.cpuMs"],
      concurrency,
    });
    const instanceSeconds = instances * seconds;
    return { vcpuSeconds: instanceSeconds * vcpus, gibSeconds: instanceSeconds * memoryGib };
  });
  return {
    calls: sum(functionNames.map((name) => calls[name])),
    vcpuSeconds: sum(spent.map(({ vcpuSeconds }) => vcpuSeconds)),
    memoryGibSeconds: sum(spent.map(({ gibSeconds }) => gibSeconds)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
