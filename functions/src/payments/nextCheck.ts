import { Timestamp } from "firebase-admin/firestore";
import type { PaymentDocument } from "../contract/support.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A bank may take two weeks for a payment. */
export const CHECK_AGAIN_MS = 6 * HOUR_MS;
/** After a payment: refunds can come at any time, and disputes for about 120 days. */
const LATER_CHECKS_MS = [1, 7, 30, 120].map((days) => days * DAY_MS);

/** When to ask Stripe again about a payment, in case an event was lost; null: never. */
export function nextCheck(
  { facts, paidAt }: Pick<PaymentDocument, "facts" | "paidAt">,
  now: number,
): Timestamp | null {
  if (facts.outcome === "pending") return Timestamp.fromMillis(now + CHECK_AGAIN_MS);
  if (!paidAt) return null;
  const times = LATER_CHECKS_MS.map((after) => paidAt.toMillis() + after);
  const next = times.find((time) => time > now);
  return next === undefined ? null : Timestamp.fromMillis(next);
}
