const KEY = "slot";
const GUEST = "guest";

/** Frames of one page share the tab's storage, so their addresses name the slot. Nobody sees or copies those. */
const isFrame = parent !== window;

/**
 * The slot of this page: from its address, such as `?as=creator-ada`, or from the tab. Each slot is a separate person in
 * this browser; two pages of one slot are two tabs of one person.
 */
export function currentSlot(): string {
  const named = new URL(location.href).searchParams.get("as");
  const kept = isFrame ? null : sessionStorage.getItem(KEY);
  return named ?? kept ?? GUEST;
}

/** Keeps the slot in the tab, and shows the address without it, because people copy addresses. */
export function enterSlot(slot: string, address = location.href): void {
  const url = new URL(address, location.origin);
  if (!isFrame) {
    sessionStorage.setItem(KEY, slot);
    url.searchParams.delete("as");
  }
  history.replaceState(history.state, "", url);
}

/** Opens the start page as nobody: a persona's slot would sign the persona in again at once. */
export function leaveSlot(): void {
  sessionStorage.removeItem(KEY);
  location.assign("/");
}

/** The address of a page in a slot. */
export function addressOf(slot: string, place = "#/"): string {
  return slot === GUEST ? `/${place}` : `/?as=${encodeURIComponent(slot)}${place}`;
}
