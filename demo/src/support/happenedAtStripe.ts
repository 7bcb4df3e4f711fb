/** What Stripe's pages add to the address to which they lead back; undefined: the page was opened otherwise. */
export function happenedAtStripe(): string | undefined {
  return new URL(location.href).searchParams.get("support") ?? undefined;
}

/** So that a reload, or a bookmark, does not tell it again. */
export function forgetWhatHappened(): void {
  const url = new URL(location.href);
  url.searchParams.delete("support");
  history.replaceState(null, "", url);
}
