import type { SupportAccount } from "@ambient/client";
import { useEffect, useState } from "preact/hooks";
import { useSession } from "../ambient/context.js";
import { useAction, useObservable } from "@ambient/react";
import { addressOf, slotOf } from "../app/slot.js";
import { Button } from "../ui/Button.js";
import { Refused, Skeleton } from "../ui/Notice.js";
import { Received } from "./Received.js";
import { clearStripeResult, stripeResult } from "./stripeResult.js";

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
      <h2 id="get-paid">Get paid</h2>
      {account.kind === "loading" && <Skeleton rows={1} label="Loading your account for support" />}
      {account.kind === "failed" && <Refused error={account.error} />}
      {account.kind === "known" && <p>{accountText(known)}</p>}
      {result?.kind === "expired_link" && !isReady && (
        <p role="status">The link to Stripe has expired. Continue to get a new one.</p>
      )}
      {isMinor && !isReady && <p class="muted">You need to be 18 to receive money.</p>}
      <div class="actions">
        {!isReady && (
          <Button
            kind="primary"
            isDisabled={isMinor}
            isBusy={isPending}
            onClick={() => {
              run(async () => {
                const returnUrl = location.origin + addressOf(slotOf(location), "#/account");
                location.assign(await ambient.support.openAccount({ returnUrl }));
              });
            }}
          >
            {known?.accountId ? "Continue at Stripe" : "Set up payments"}
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
            Payouts at Stripe
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
    return "Listeners can give you money. Stripe verifies your identity and pays you.";
  }
  if (!account.chargesEnabled) {
    return "Stripe needs more from you before listeners can support you.";
  }
  return account.payoutsEnabled
    ? "Listeners can support you."
    : "Listeners can support you. Stripe needs more from you before it pays out.";
}
