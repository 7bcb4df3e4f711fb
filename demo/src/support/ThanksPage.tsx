import { useEffect, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { ToDiscover } from "../app/ToDiscover.js";
import { NoticePage, Refused } from "../ui/Notice.js";
import { paymentOutcome, waiting } from "./paymentOutcome.js";
import { clearStripeResult, stripeResult } from "./stripeResult.js";

/** Where Stripe's payment page leads back to. It may be faster than Stripe's message to the server. */
export function ThanksPage() {
  const [result] = useState(stripeResult);
  useEffect(clearStripeResult, []);
  switch (result?.kind) {
    case "payment":
      return <Paid supportId={result.supportId} />;
    case "cancelled":
      return (
        <NoticePage icon="close" title="Nothing was paid" actions={<ToDiscover />}>
          <p>You can close this tab and try again in the show.</p>
        </NoticePage>
      );
    default:
      return (
        <NoticePage icon="heart" title="No payment to show" actions={<ToDiscover />}>
          <p>
            If you have paid, do not pay again: your payment counts, even if it is not shown here.
          </p>
        </NoticePage>
      );
  }
}

function Paid({ supportId }: { readonly supportId: string }) {
  const { ambient } = useSession();
  const payment = useObservable(ambient.support.payment(supportId));
  if (payment.kind === "failed") {
    return (
      <NoticePage icon="close" title="We cannot show your payment" actions={<ToDiscover />}>
        <Refused error={payment.error} />
        <p>Do not pay again: if you have paid, your payment counts.</p>
      </NoticePage>
    );
  }
  const known = payment.kind === "known" ? payment.value : undefined;
  const { kind, title, text } = known ? paymentOutcome(known) : waiting;
  return (
    <NoticePage
      icon={kind === "received" || kind === "waiting" ? "heart" : "close"}
      title={title}
      actions={<ToDiscover />}
    >
      <p role="status">{text}</p>
      {kind === "received" && <p>You can close this tab: the show goes on in the other one.</p>}
    </NoticePage>
  );
}
