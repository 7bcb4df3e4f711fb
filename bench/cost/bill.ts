import { billedQuantity, type BilledQuantity, type Prices } from "./prices.js";
import type { Usage } from "./usage.js";

export type Quantities = Readonly<Partial<Record<BilledQuantity, number>>>;

/** Google's bill for a show. The audio is billed separately. */
export function backendQuantities(usage: Usage): Quantities {
  return {
    firestoreReads: usage.listenerReads + usage.ruleReads + usage.serverReads,
    firestoreWrites: usage.writes,
    firestoreDeletes: usage.deletes,
    firestoreEgressBytes: usage.firestoreEgressBytes,
    functionCalls: usage.calls,
    functionVcpuSeconds: usage.vcpuSeconds,
    functionGibSeconds: usage.memoryGibSeconds,
    functionEgressBytes: usage.functionEgressBytes,
    taskOperations: usage.taskOperations,
  };
}

export interface Dollars {
  readonly firestore: number;
  readonly functions: number;
  readonly audio: number;
  readonly total: number;
}

const partOf: Readonly<Record<BilledQuantity, "firestore" | "functions" | "audio">> = {
  firestoreReads: "firestore",
  firestoreWrites: "firestore",
  firestoreDeletes: "firestore",
  firestoreEgressBytes: "firestore",
  functionCalls: "functions",
  functionVcpuSeconds: "functions",
  functionGibSeconds: "functions",
  functionEgressBytes: "functions",
  taskOperations: "functions",
  livekitCloudMinutes: "audio",
  livekitCloudEgressBytes: "audio",
  machineVcpuHours: "audio",
  machineEgressBytes: "audio",
};

export function dollarsOf(quantities: Quantities, prices: Prices): Dollars {
  const parts = { firestore: 0, functions: 0, audio: 0 };
  for (const name of billedQuantity.options) {
    const { dollars, per } = prices[name];
    parts[partOf[name]] += ((quantities[name] ?? 0) / per) * dollars;
  }
  return { ...parts, total: parts.firestore + parts.functions + parts.audio };
}
