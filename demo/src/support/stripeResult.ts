/** What Stripe's pages add to the address to which they lead back. */
export type StripeResult =
  | { readonly kind: "account" }
  /** The address of Stripe's form was used before, or has expired. */
  | { readonly kind: "expired_link" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "payment"; readonly supportId: string };

/** Undefined: Stripe did not lead to this page. */
export function stripeResult(): StripeResult | undefined {
  const result = new URL(location.href).searchParams.get("support");
  switch (result) {
    case null:
    case "":
      return undefined;
    case "account":
      return { kind: "account" };
    case "again":
      return { kind: "expired_link" };
    case "cancelled":
      return { kind: "cancelled" };
    default:
      return { kind: "payment", supportId: result };
  }
}

/** So that a reload, or a bookmark, does not repeat the result. */
export function clearStripeResult(): void {
  const url = new URL(location.href);
  url.searchParams.delete("support");
  history.replaceState(null, "", url);
}
