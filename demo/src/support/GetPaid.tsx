import type { SupportAccount } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction, useObservable } from "@ambient/react";
import { addressOf, currentSlot } from "../app/slot.js";
import { Button } from "../ui/Button.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { Received } from "./Received.js";
import { clearStripeResult, stripeResult } from "./stripeResult.js";
import { words } from "../words/words.js";

/** A creator's account at Stripe, and what they received. */
export function GetPaid() {
  const { ambient } = useSession();
  const account = useObservable(ambient.support.account);
  const config = useObservable(ambient.config).value;
  const { isPending, error, run } = useAction();
  const terms = useObservable(ambient.account.terms).value;
  const [result] = useState(stripeResult);
  useEffect(() => {
    clearStripeResult();
    if (result?.kind === "account") run(() => ambient.support.refreshAccount());
  }, [ambient, run, result]);
  if (!config?.support) return null;
  const known = account.value;
  const isReady = known?.chargesEnabled === true;
  const isMinor = config.termsVersion !== undefined && terms?.ageBand === "minor";
  return (
    <section class="card" aria-labelledby="get-paid">
      <h2 id="get-paid">{words.support.getPaid}</h2>
      {account.kind === "loading" && <Skeleton rows={1} />}
      {account.kind === "failed" && <Refused error={account.error} />}
      {account.kind === "known" && <p>{accountText(known)}</p>}
      {result?.kind === "expired_link" && !isReady && (
        <p role="status">{words.support.linkExpired}</p>
      )}
      {isMinor && !isReady && <p class="muted">{words.support.minor}</p>}
      <div class="actions">
        {!isReady && (
          <Button
            kind="primary"
            isDisabled={isMinor}
            isBusy={isPending}
            onClick={() => {
              run(async () => {
                const returnUrl = location.origin + addressOf(currentSlot(), "#/account");
                location.assign(await ambient.support.openAccount({ returnUrl }));
              });
            }}
          >
            {known?.accountId ? words.support.continueAtStripe : words.support.setUp}
          </Button>
        )}
        {isReady && (
          <Button
            isBusy={isPending}
            onClick={() => {
              run(async () => {
                location.assign(await ambient.support.openDashboard());
              });
            }}
          >
            {words.support.payouts}
          </Button>
        )}
      </div>
      <Refused error={error} />
      {known && <Received />}
    </section>
  );
}

function accountText(account: SupportAccount | undefined): string {
  if (!account?.accountId) {
    return words.support.accountMissing;
  }
  if (!account.chargesEnabled) {
    return words.support.accountIncomplete;
  }
  return account.payoutsEnabled ? words.support.accountReady : words.support.payoutsIncomplete;
}
