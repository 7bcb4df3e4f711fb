import { z } from "zod";

/** What a show's creator received in support, by currency: in minor units, before fees, without what was returned. */
export const supportTotals = z.record(
  z.string(),
  z.object({ amount: z.int().nonnegative(), count: z.int().nonnegative() }),
);
export type SupportTotals = z.infer<typeof supportTotals>;

export function withSupport(
  totals: SupportTotals,
  change: { readonly currency: string; readonly amount: number; readonly count: number },
): SupportTotals {
  const { amount, count } = totals[change.currency] ?? { amount: 0, count: 0 };
  return {
    ...totals,
    [change.currency]: { amount: amount + change.amount, count: count + change.count },
  };
}
