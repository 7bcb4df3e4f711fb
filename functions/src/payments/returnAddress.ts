import type { Dependencies } from "../dependencies.js";
import { invalidArgument, Refusal } from "../errors.js";

/**
 * The address to which Stripe sends the person back, with the outcome in `support`. It must be on one of the project's own
 * origins, or Stripe's pages could be made to lead to a page that imitates them.
 */
export function returnAddress(
  { support }: Pick<Dependencies, "support">,
  returnUrl: string | undefined,
  outcome: string,
): string {
  const [first] = support.returnOrigins;
  if (first === undefined) throw new Refusal("PAYMENTS_OFF");
  const wanted = returnUrl ?? first;
  const url = URL.canParse(wanted) ? new URL(wanted) : null;
  if (!url || !support.returnOrigins.includes(url.origin)) {
    throw invalidArgument("returnUrl", "must be on one of the project's own origins");
  }
  url.searchParams.set("support", outcome);
  return url.href;
}
