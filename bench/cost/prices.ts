import { z } from "zod";
import { readJson } from "../../local/files/json.js";

/** Everything that appears on a bill, except storage, logs and free quotas. */
export const billedQuantity = z.enum([
  "firestoreReads",
  "firestoreWrites",
  "firestoreDeletes",
  "firestoreEgressBytes",
  "functionCalls",
  "functionVcpuSeconds",
  "functionGibSeconds",
  "functionEgressBytes",
  "taskOperations",
  "livekitCloudMinutes",
  "livekitCloudEgressBytes",
  "machineVcpuHours",
  "machineEgressBytes",
]);
export type BilledQuantity = z.infer<typeof billedQuantity>;

const price = z.strictObject({
  /** US dollars for `per` units. */
  dollars: z.number().positive(),
  per: z.number().positive(),
  unit: z.string().min(1),
  /** The month in which the source was read. */
  date: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/),
  source: z.url({ protocol: /^https$/ }),
  note: z.string().min(1),
});

/** `prices.json`: a price for each billed quantity. */
export const prices = z.record(billedQuantity, price);
export type Prices = z.infer<typeof prices>;

export async function readPrices(): Promise<Prices> {
  return prices.parse(await readJson(`${import.meta.dirname}/prices.json`));
}
