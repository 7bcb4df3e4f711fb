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

/** How often each function is called in a show. */
export type Calls = Readonly<Record<FunctionName, number>>;

interface FunctionTime {
  readonly calls: number;
  readonly vcpuSeconds: number;
  readonly memoryGibSeconds: number;
}

/** What the calls of a show that lasts this long are billed as. Each function has instances of its own. */
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
