import type { z } from "zod";
import type { Caller } from "../caller.js";
import { supportAccountRef } from "../collections.js";
import type { openSupportDashboard as contract } from "../contract/support.js";
import type { Dependencies } from "../dependencies.js";
import { Refusal } from "../errors.js";

/** An address of Stripe's dashboard. It signs its holder in, so it is made for one visit and never stored. */
export async function openSupportDashboard(
  { firestore, payments }: Pick<Dependencies, "firestore" | "payments">,
  { uid }: Pick<Caller, "uid">,
): Promise<z.input<typeof contract.response>> {
  const known = (await supportAccountRef(firestore, uid).get()).data();
  if (!known?.accountId) throw new Refusal("SUPPORT_ACCOUNT_MISSING");
  return { dashboardUrl: await payments.dashboardUrl(known.accountId) };
}
