/**
 * Whose page this is: `?as=creator-ada`. Each slot is a person of his own in this browser, and two pages
 * of one slot are two tabs of one person.
 */
export function slotOf(address: Location): string {
  return new URL(address.href).searchParams.get("as") ?? "guest";
}

/** A page of the slot, at a place in the app. */
export function addressOf(slot: string, place = "#/"): string {
  return slot === "guest" ? `/${place}` : `/?as=${encodeURIComponent(slot)}${place}`;
}
