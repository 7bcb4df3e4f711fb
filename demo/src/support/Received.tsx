import type { Payment } from "@ambient/client";
import { useSession } from "../ambient/context.js";
import { usePages } from "@ambient/react";
import { ConfirmButton } from "../ui/ConfirmButton.js";
import { amountText, momentText } from "../ui/format.js";
import { ListEnd } from "../ui/ListEnd.js";
import { Skeleton } from "../ui/Notice.js";
import { useKeptFocus } from "../ui/useKeptFocus.js";
import { words } from "../words/words.js";

/** What the person received, each with a button to refund it. */
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
  const { ambient } = useSession();
  const { createdAt, message, status } = payment;
  const { displayName } = payment.supporter;
  const canRefund = status === "paid" || status === "partly_refunded";
  const what = words.support.from(amountText(payment), displayName);
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
          {message !== "" && (
            <span class="payment-message">
              “<bdi>{message}</bdi>”
            </span>
          )}
        </span>
        {canRefund && (
          <ConfirmButton
            button={{
              isSmall: true,
              label: words.support.refundPayment(what),
              children: words.support.refund,
            }}
            title={words.support.refundTitle(displayName)}
            confirmText={words.support.refundNow}
            cancelText={words.support.keep}
            onConfirm={() => ambient.support.refund(payment.id)}
          >
            <p>
              {(status === "partly_refunded" ? words.support.refundRest : words.support.refundAll)(
                displayName,
                amountText(payment),
              )}{" "}
              {words.support.refundHint}
            </p>
          </ConfirmButton>
        )}
      </div>
    </li>
  );
}
