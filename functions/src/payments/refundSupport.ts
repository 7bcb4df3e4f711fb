import type { z } from "zod";
import type { Caller } from "../caller.js";
import { paymentRef } from "../collections.js";
import type { refundSupport as contract } from "../contract/support.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";
import { recordPayment } from "./recordPayment.js";

/** Refunds a payment to the caller. Stripe's own event repeats it later. */
export async function refundSupport(
  deps: Pick<Dependencies, "firestore" | "clock" | "payments" | "support">,
  { uid }: Pick<Caller, "uid">,
  { supportId }: z.output<typeof contract.request>,
): Promise<z.input<typeof contract.response>> {
  const payment = (await paymentRef(deps.firestore, supportId).get()).data();
  // Nobody learns which payments others have received.
  if (payment?.creatorUid !== uid) throw new Refusal("PAYMENT_NOT_FOUND");
  const { accountId, status, amount, feeAmount, stripe } = payment;
  if (status === "refunded") return { status };
  const isRefundable = status === "paid" || status === "partly_refunded";
  const { paymentIntentId } = stripe;
  if (!isRefundable || paymentIntentId === null) {
    throw new Refusal("PAYMENT_NOT_REFUNDABLE", { status });
  }
  const hasFee = feeAmount > 0;
  const isDone = await deps.payments.refund({ accountId, paymentIntentId, hasFee });
  if (!isDone) throw new Refusal("PAYMENT_NOT_REFUNDABLE", { status });
  const facts = { refundedAmount: amount };
  await recordPayment(deps, supportId, {
    eventId: null,
    accountId,
    sessionId: null,
    paymentIntentId,
    money: null,
    facts,
  });
  return { status: "refunded" };
}
