import type { Payment } from "@ambient/client";
import { useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction, usePages } from "@ambient/react";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { amountText, momentText } from "../ui/format.js";
import { ListEnd } from "../ui/ListEnd.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";
import { words } from "../words/words.js";

/** What the person received, each with a button to give it back. */
export function Received() {
  const { ambient, uid } = useSession();
  const title = words.support.receivedTitle;
  const pages = usePages<Payment>((request) => ambient.support.received(request), [ambient, uid]);
  const { items, isLoading } = pages;
  const { area, heading } = useKeptFocus<HTMLUListElement>();
  return (
    <>
      <h3 class="received-title" ref={heading} tabIndex={-1}>
        {title}
      </h3>
      {items?.length === 0 && <p class="muted">{words.support.none}</p>}
      {items && items.length > 0 && (
        <ul class="row-list" ref={area}>
          {items.map((payment) => (
            <ReceivedPayment key={payment.id} payment={payment} />
          ))}
        </ul>
      )}
      {isLoading && !items && <Skeleton rows={2} />}
      <ListEnd what={title} pages={pages} />
    </>
  );
}

function ReceivedPayment({ payment }: { readonly payment: Payment }) {
  const [isAsking, setAsking] = useState(false);
  const { createdAt, message, status, supporter } = payment;
  const canRefund = status === "paid" || status === "partly_refunded";
  const what = words.support.from(amountText(payment), supporter.displayName);
  const statusText: Partial<Record<Payment["status"], string>> = words.support.status;
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
            label={words.support.refundPayment(what)}
            onClick={() => {
              setAsking(true);
            }}
          >
            {words.support.refund}
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
    <Dialog title={words.support.refundTitle(displayName)} onClose={onClose}>
      <p>
        {(payment.status === "partly_refunded"
          ? words.support.refundRest
          : words.support.refundAll)(displayName, amountText(payment))}{" "}
        {words.support.refundHint}
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
          {words.support.refundNow}
        </Button>
        <Button onClick={onClose}>{words.support.keep}</Button>
      </div>
    </Dialog>
  );
}
