import type { z } from "zod";
import type { Caller } from "../caller.js";
import { supportAccountRef } from "../collections.js";
import type { supportAccountStatus as contract } from "../contract/support.js";
import type { Dependencies } from "../dependencies.js";
import { refreshAccount } from "./refreshAccount.js";

const none = {
  isOpen: false,
  chargesEnabled: false,
  payoutsEnabled: false,
  requirementsDue: [],
  country: null,
  defaultCurrency: null,
};

/** For a person who comes back from Stripe before its event does. */
export async function supportAccountStatus(
  deps: Pick<Dependencies, "firestore" | "clock" | "payments">,
  { uid }: Pick<Caller, "uid">,
): Promise<z.input<typeof contract.response>> {
  const known = (await supportAccountRef(deps.firestore, uid).get()).data();
  if (!known?.accountId) return none;
  const account = await refreshAccount(deps, uid, known.accountId);
  if (!account) return none;
  const { chargesEnabled, payoutsEnabled, requirementsDue, country, defaultCurrency } = account;
  return {
    isOpen: true,
    chargesEnabled,
    payoutsEnabled,
    requirementsDue,
    country,
    defaultCurrency,
  };
}
