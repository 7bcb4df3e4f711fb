import type { ClientConfig } from "@ambient/client";
import { useId, useMemo, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction } from "@ambient/react";
import { addressOf, currentSlot } from "../app/slot.js";
import { Button } from "../ui/Button.js";
import { Choice, TextField } from "../ui/Field.js";
import { Refused } from "../ui/Notice.js";
import { amountOf } from "./amount.js";
import { PaymentStatus } from "./PaymentStatus.js";
import { amountText } from "../ui/format.js";
import { words } from "../words/words.js";

type Currencies = NonNullable<ClientConfig["support"]>["currencies"];

/** An amount and a message. Stripe's page opens in a tab of its own, so that the show continues in this one. */
export function GiveForm({
  creatorUid,
  name,
  showId,
  currencies,
}: {
  readonly creatorUid: string;
  readonly name: string;
  readonly showId: string | undefined;
  readonly currencies: Currencies;
}) {
  const { ambient } = useSession();
  const id = useId();
  const names = Object.keys(currencies);
  const [currency, setCurrency] = useState(names[0] ?? "");
  const range = currencies[currency];
  const [picked, setPicked] = useState<number>();
  const [other, setOther] = useState("");
  const [message, setMessage] = useState("");
  const [page, setPage] = useState<{ readonly supportId: string; readonly checkoutUrl: string }>();
  const { isPending, error, run } = useAction();
  const amount = other === "" ? picked : amountOf(other, currency);
  const note = message.trim();
  // A retry carries the same id; other values are another payment.
  const requestId = useMemo(() => crypto.randomUUID(), [amount, currency, note]);
  if (!range) return null;
  if (page) return <PaymentStatus {...page} name={name} />;
  const isPossible = amount !== undefined && amount >= range.min && amount <= range.max;
  const text = (value: number) => amountText({ amount: value, currency });
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (amount === undefined) return;
        run(async () => {
          setPage(
            await ambient.support.give({
              requestId,
              creatorUid,
              amount,
              currency,
              from: "web",
              ...(showId !== undefined && { showId }),
              ...(note !== "" && { message: note }),
              returnUrl: location.origin + addressOf(currentSlot(), "#/thanks"),
            }),
          );
        });
      }}
    >
      <p class="muted">{words.support.intro(name)}</p>
      {names.length > 1 && (
        <Choice
          label={words.support.currency}
          value={currency}
          options={names.map((value) => ({ value, text: value.toUpperCase() }))}
          onChange={(value) => {
            setCurrency(value);
            setPicked(undefined);
            setOther("");
          }}
        />
      )}
      <fieldset class="amounts">
        <legend>{words.support.howMuch}</legend>
        {range.suggested.map((value) => (
          <label key={value} class="amount">
            <input
              type="radio"
              name={id}
              checked={other === "" && picked === value}
              onChange={() => {
                setPicked(value);
                setOther("");
              }}
            />
            <span>{text(value)}</span>
          </label>
        ))}
      </fieldset>
      <TextField
        label={words.support.otherAmount}
        value={other}
        onInput={setOther}
        longest={9}
        hint={words.support.range(text(range.min), text(range.max))}
        error={other === "" || isPossible ? undefined : amountError(amount)}
      />
      <TextField
        label={words.support.message}
        value={message}
        onInput={setMessage}
        longest={200}
        isLong
        {...(showId !== undefined && {
          hint: words.support.messageHint,
        })}
      />
      <div class="actions">
        <Button type="submit" kind="primary" isBusy={isPending} isDisabled={!isPossible}>
          {isPossible ? words.support.continueWith(text(amount)) : words.support.continue}
        </Button>
      </div>
      <Refused error={error} />
    </form>
  );
}

function amountError(amount: number | undefined): string {
  return amount === undefined ? words.support.noNumber : words.support.outOfRange;
}
