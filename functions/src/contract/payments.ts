import { z } from "zod";

export const paymentStatus = z.enum([
  "pending",
  "paid",
  "partly_refunded",
  "refunded",
  "disputed",
  "failed",
  "expired",
]);
export type PaymentStatus = z.infer<typeof paymentStatus>;

const outcome = z.enum(["pending", "expired", "failed", "paid"]);
const dispute = z.enum(["open", "won", "lost"]);

/** What Stripe has reported about a payment so far. */
export const paymentFacts = z.object({
  outcome,
  /** The largest that was reported, in minor units. */
  refundedAmount: z.int().nonnegative(),
  /** By Stripe's id of the dispute. */
  disputes: z.record(z.string(), dispute),
});
export type PaymentFacts = z.infer<typeof paymentFacts>;

export const noFacts: PaymentFacts = { outcome: "pending", refundedAmount: 0, disputes: {} };

const OUTCOMES = outcome.options;

/**
 * Merges two sets of facts. If both have an outcome, the one later in the list wins: a payment that succeeded stays
 * paid, and a late failure belongs to an earlier attempt. Facts only grow, so Stripe's events may arrive in any order,
 * late and repeatedly. Money that was refunded or disputed was paid before, even if that event has not arrived yet.
 */
export function joinFacts(known: PaymentFacts, news: Partial<PaymentFacts>): PaymentFacts {
  const disputes = { ...known.disputes };
  for (const [id, state] of Object.entries(news.disputes ?? {})) {
    const before = disputes[id] ?? "open";
    disputes[id] = before === "open" ? state : before;
  }
  const refundedAmount = Math.max(known.refundedAmount, news.refundedAmount ?? 0);
  const wasPaid = refundedAmount > 0 || Object.keys(disputes).length > 0;
  const outcomes = [
    known.outcome,
    news.outcome ?? "pending",
    wasPaid ? "paid" : "pending",
  ] as const;
  const latest = Math.max(...outcomes.map((each) => OUTCOMES.indexOf(each)));
  return { outcome: OUTCOMES[latest] ?? "pending", refundedAmount, disputes };
}

/**
 * The status of a payment of `amount`. While a dispute is open, and after it was lost, the money is not the creator's.
 * After it was won, the payment is as it was before.
 */
export function paymentStatusOf(facts: PaymentFacts, amount: number): PaymentStatus {
  if (facts.outcome !== "paid") return facts.outcome;
  if (Object.values(facts.disputes).some((state) => state !== "won")) return "disputed";
  if (facts.refundedAmount >= amount) return "refunded";
  return facts.refundedAmount > 0 ? "partly_refunded" : "paid";
}

/** The part of a payment that the creator has received and not returned, before fees, in minor units. */
export function receivedOf(facts: PaymentFacts, amount: number): number {
  const status = paymentStatusOf(facts, amount);
  return status === "paid" || status === "partly_refunded" ? amount - facts.refundedAmount : 0;
}
