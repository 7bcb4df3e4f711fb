import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { paymentOutcome, waiting } from "./paymentOutcome.js";
import { amountText } from "../ui/format.js";
import { words } from "../words/words.js";

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
  const { kind, title, text } = payment ? paymentOutcome(payment) : waiting();
  if (payment?.status === "paid") {
    return <p role="status">{words.support.received(name, amountText(payment))}</p>;
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
          <span>{words.support.pay}</span>
        </a>
      </div>
      <p class="muted" role="status">
        {words.support.waitingHint(name)}
      </p>
    </>
  );
}
