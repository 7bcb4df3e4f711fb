/**
 * The slot of a page, such as `?as=creator-ada`. Each slot is a separate person in this browser; two pages of one
 * slot are two tabs of one person.
 */
export function slotOf(address: Location): string {
  return new URL(address.href).searchParams.get("as") ?? "guest";
}

/** The address of a page in a slot. */
export function addressOf(slot: string, place = "#/"): string {
  return slot === "guest" ? `/${place}` : `/?as=${encodeURIComponent(slot)}${place}`;
}
