import { moneyText, type Payment } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { useAction } from "../ambient/useAction.js";
import { useSubscribable } from "../ambient/useSubscribable.js";
import { Button } from "../ui/Button.js";
import { momentText } from "../ui/format.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";

const statusText: Partial<Record<Payment["status"], string>> = {
  partly_refunded: "partly refunded",
  refunded: "refunded",
  disputed: "disputed at the bank",
};

/** What the person received, each with a button to give it back. */
export function Received() {
  const { ambient, uid } = useSession();
  const received = useSubscribable(() => ambient.support.received(), [ambient, uid]);
  const { area, heading } = useKeptFocus<HTMLUListElement>();
  return (
    <>
      <h3 class="received-title" ref={heading} tabIndex={-1}>
        Support that you received
      </h3>
      {received.kind === "loading" && <Skeleton rows={2} label="Loading what you received" />}
      {received.kind === "failed" && <Refused error={received.error} />}
      {received.kind === "known" && received.value.length === 0 && <p class="muted">None yet.</p>}
      {received.kind === "known" && received.value.length > 0 && (
        <ul class="row-list" ref={area}>
          {received.value.map((payment) => (
            <ReceivedPayment key={payment.id} payment={payment} />
          ))}
        </ul>
      )}
    </>
  );
}

function ReceivedPayment({ payment }: { readonly payment: Payment }) {
  const { ambient } = useSession();
  const { isPending, error, run, dismiss } = useAction();
  const { createdAt, message, status, supporter } = payment;
  const canRefund = status === "paid" || status === "partly_refunded";
  const what = `${moneyText(payment)} from ${supporter.displayName}`;
  return (
    <li>
      <div class="row">
        <span>
          <span class="row-title">{what}</span>{" "}
          <span class="muted small">
            {momentText(createdAt.toMillis())}
            {statusText[status] !== undefined && `, ${statusText[status]}`}
          </span>
          {message !== "" && <span class="payment-message">“{message}”</span>}
        </span>
        {canRefund && (
          <Button
            isSmall
            isBusy={isPending}
            label={`Refund ${what}`}
            onClick={() => {
              run(() => ambient.support.refund(payment.id));
            }}
          >
            Refund
          </Button>
        )}
      </div>
      <Refused error={error} onDismiss={dismiss} />
    </li>
  );
}
