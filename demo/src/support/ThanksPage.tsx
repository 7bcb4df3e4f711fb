import { useEffect, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useObservable } from "@ambient/react";
import { ToDiscover } from "../app/ToDiscover.js";
import { NoticePage, Refused } from "../ui/Notice.js";
import { paymentOutcome, waiting } from "./paymentOutcome.js";
import { clearStripeResult, stripeResult } from "./stripeResult.js";
import { words } from "../words/words.js";

/** Where Stripe's payment page leads back to. It may be faster than Stripe's message to the server. */
export function ThanksPage() {
  const [result] = useState(stripeResult);
  useEffect(clearStripeResult, []);
  switch (result?.kind) {
    case "payment":
      return <Paid supportId={result.supportId} />;
    case "cancelled":
      return (
        <NoticePage icon="close" title={words.support.notPaidTitle} actions={<ToDiscover />}>
          <p>{words.support.cancelledHint}</p>
        </NoticePage>
      );
    default:
      return (
        <NoticePage icon="heart" title={words.support.noPayment} actions={<ToDiscover />}>
          <p>{words.support.noPaymentHint}</p>
        </NoticePage>
      );
  }
}

function Paid({ supportId }: { readonly supportId: string }) {
  const { ambient } = useSession();
  const payment = useObservable(ambient.support.payment(supportId));
  if (payment.kind === "failed") {
    return (
      <NoticePage icon="close" title={words.support.cannotShow} actions={<ToDiscover />}>
        <Refused error={payment.error} />
        <p>{words.support.cannotShowHint}</p>
      </NoticePage>
    );
  }
  const known = payment.kind === "known" ? payment.value : undefined;
  const { kind, title, text } = known ? paymentOutcome(known) : waiting();
  return (
    <NoticePage
      icon={kind === "received" || kind === "waiting" ? "heart" : "close"}
      title={title}
      actions={<ToDiscover />}
    >
      <p role="status">{text}</p>
      {kind === "received" && <p>{words.support.closeTab}</p>}
    </NoticePage>
  );
}
