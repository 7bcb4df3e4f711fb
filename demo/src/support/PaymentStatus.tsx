import { moneyText } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { paymentOutcome, waiting } from "./paymentOutcome.js";

/** The way to Stripe's page, and then the payment's outcome. */
export function PaymentStatus({
  supportId,
  checkoutUrl,
  name,
}: {
  readonly supportId: string;
  readonly checkoutUrl: string;
  readonly name: string;
}) {
  const { ambient } = useSession();
  const payment = useObservable(ambient.support.payment(supportId)).value;
  const { kind, title, text } = payment ? paymentOutcome(payment) : waiting;
  if (payment?.status === "paid") {
    return (
      <p role="status">
        Thank you! {name} received {moneyText(payment)}.
      </p>
    );
  }
  if (kind !== "waiting") {
    return (
      <p role="status">
        {title}. {text}
      </p>
    );
  }
  return (
    <>
      <div class="actions">
        <a
          class="button button-primary"
          href={checkoutUrl}
          target="_blank"
          rel="noreferrer noopener"
        >
          <span>Pay at Stripe (new tab)</span>
        </a>
      </div>
      <p class="muted" role="status">
        The show goes on here. This page tells you once {name} has received it.
      </p>
    </>
  );
}
