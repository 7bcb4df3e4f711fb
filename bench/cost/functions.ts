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

/**
 * The billed quantities for the calls of a show with this duration. Each function has its own
 * instances.
 */
export function timeOf(calls: Calls, seconds: number, c: Coefficients): FunctionTime {
  const instanceSeconds = functionNames.map((name) => {
    const instances = busyInstances({
      callsPerSecond: calls[name] / seconds,
      wallMs: c[`${name}.wallMs`],
      cpuMs: c["function.cpuMs"],
      concurrency: c["function.concurrency"],
    });
    return instances * seconds;
  });
  const total = sum(instanceSeconds);
  return {
    calls: sum(functionNames.map((name) => calls[name])),
    vcpuSeconds: total * c["function.vcpu"],
    memoryGibSeconds: total * c["function.memoryGib"],
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
