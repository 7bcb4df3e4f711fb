import { onHttp, onTime } from "../trigger.js";

export const stripeWebhook = onHttp(
  "stripeWebhook",
  async () => (await import("./stripeWebhook.js")).stripeWebhook,
);

/** Once an hour: asks Stripe about payments whose events did not arrive. */
export const checkPayments = onTime(
  "checkPayments",
  "every 60 minutes",
  async () => (await import("./checkPayments.js")).checkPayments,
);
