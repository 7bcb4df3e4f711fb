import { moneyText, type Payment } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useSubscribable } from "../ambient/useSubscribable.js";
import { ToDiscover } from "../app/ToDiscover.js";
import { NoticePage } from "../ui/Notice.js";
import { happenedAtStripe } from "./happenedAtStripe.js";

/** Where Stripe's payment page leads back to. It may be faster than Stripe's message to the server. */
export function ThanksPage() {
  const supportId = happenedAtStripe() ?? "cancelled";
  return supportId === "cancelled" ? <NotPaid /> : <Paid supportId={supportId} />;
}

function Paid({ supportId }: { readonly supportId: string }) {
  const { ambient } = useSession();
  const payment = useSubscribable(() => ambient.support.payment(supportId), [ambient, supportId]);
  if (payment.kind === "failed") return <NotPaid />;
  const known = payment.kind === "known" ? payment.value : undefined;
  if (known?.status === "failed" || known?.status === "expired") return <NotPaid />;
  return (
    <NoticePage icon="heart" title="Thank you" actions={<ToDiscover />}>
      <p role="status">{known ? statusText(known) : "Stripe is telling us about your payment…"}</p>
      <p>You can close this tab: the show goes on in the other one.</p>
    </NoticePage>
  );
}

function statusText(payment: Pick<Payment, "status" | "amount" | "currency">): string {
  return payment.status === "pending"
    ? "Your payment is on its way."
    : `Your ${moneyText(payment)} arrived.`;
}

function NotPaid() {
  return (
    <NoticePage icon="close" title="Nothing was paid" actions={<ToDiscover />}>
      <p>You can close this tab and try again in the show.</p>
    </NoticePage>
  );
}
