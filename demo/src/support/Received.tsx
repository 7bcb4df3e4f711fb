import { moneyText, type Payment } from "@ambient/client";
import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction, usePages } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { momentText } from "../ui/format.js";
import { ListEnd } from "../ui/ListEnd.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";

const statusText: Partial<Record<Payment["status"], string>> = {
  partly_refunded: "partly refunded",
  refunded: "refunded",
  disputed: "disputed at the bank",
};

const title = "Support you have received";

/** What the person received, each with a button to give it back. */
export function Received() {
  const { ambient, uid } = useSession();
  const pages = usePages<Payment>((request) => ambient.support.received(request), [ambient, uid]);
  const { items, isLoading } = pages;
  const { area, heading } = useKeptFocus<HTMLUListElement>();
  return (
    <>
      <h3 class="received-title" ref={heading} tabIndex={-1}>
        {title}
      </h3>
      {items?.length === 0 && <p class="muted">None yet.</p>}
      {items && items.length > 0 && (
        <ul class="row-list" ref={area}>
          {items.map((payment) => (
            <ReceivedPayment key={payment.id} payment={payment} />
          ))}
        </ul>
      )}
      {isLoading && !items && <Skeleton rows={2} label={`Loading: ${title}`} />}
      <ListEnd what={title} pages={pages} />
    </>
  );
}

function ReceivedPayment({ payment }: { readonly payment: Payment }) {
  const [isAsking, setAsking] = useState(false);
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
            label={`Refund ${what}`}
            onClick={() => {
              setAsking(true);
            }}
          >
            Refund
          </Button>
        )}
      </div>
      {isAsking && (
        <RefundDialog
          payment={payment}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </li>
  );
}

/** Asks for confirmation, because a refund cannot be undone. */
function RefundDialog({
  payment,
  onClose,
}: {
  readonly payment: Payment;
  readonly onClose: () => void;
}) {
  const { ambient } = useSession();
  const { isPending, error, run } = useAction();
  const { displayName } = payment.supporter;
  return (
    <Dialog title={`Refund ${displayName}?`} onClose={onClose}>
      <p>
        {payment.status === "partly_refunded"
          ? `${displayName} gets back what is left of their ${moneyText(payment)}.`
          : `${displayName} gets their ${moneyText(payment)} back.`}{" "}
        The money comes out of your balance at Stripe. You cannot undo this.
      </p>
      <Refused error={error} />
      <div class="actions">
        <Button
          kind="danger"
          isBusy={isPending}
          onClick={() => {
            run(async () => {
              await ambient.support.refund(payment.id);
              onClose();
            });
          }}
        >
          Refund it
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </Dialog>
  );
}
