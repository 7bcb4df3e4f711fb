import type { Ambient, Show } from "@ambient/client";

const started = new Map<string, Show>();

/** Takes a show live; the view that opens next finds oneself in it, instead of joining a second time. */
export async function startShow(ambient: Ambient, showId: string): Promise<void> {
  started.set(showId, await ambient.start(showId));
}

/** In the show: as one who has just started it, or joining. */
export async function enterShow(ambient: Ambient, showId: string): Promise<Show> {
  const show = started.get(showId);
  started.delete(showId);
  return show?.presence.current.kind === "present" ? show : ambient.join(showId);
}
