import type { Dependencies } from "../dependencies.js";
import type { WebhookRequest, WebhookResponse } from "../ports/webhook.js";
import { receivePaymentEvent } from "./receivePaymentEvent.js";
import { UnsignedPaymentEvent } from "./stripeEvents.js";
import { log } from "../log.js";

/**
 * Stripe's webhooks. 200 once an event is processed, and for one that needs no action. 400 for what Stripe did not sign.
 * 503 after any other error, so that Stripe sends it again, for up to three days.
 */
export async function stripeWebhook(
  deps: Pick<Dependencies, "firestore" | "clock" | "payments" | "paymentEvents" | "support">,
  request: WebhookRequest,
  response: WebhookResponse,
): Promise<void> {
  try {
    const event = await deps.paymentEvents(
      request.rawBody ?? Buffer.of(),
      request.header("stripe-signature"),
    );
    if (event) await receivePaymentEvent(deps, event);
    response.status(200).end();
  } catch (error) {
    if (error instanceof UnsignedPaymentEvent) {
      log("INFO", "payment webhook not signed");
      response.status(400).end();
      return;
    }
    log("ERROR", "payment webhook failed", { stack: error instanceof Error ? error.stack : null });
    response.status(503).end();
  }
}
