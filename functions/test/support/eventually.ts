import { setTimeout } from "node:timers/promises";

/** On two busy cores, events have come half a minute late. */
const PATIENCE_MS = 50_000;
const PAUSE_MS = 50;

/** Polls `look` until it finds something, for state without change notifications. */
export async function eventually<Found>(
  what: string,
  look: () => Promise<Found | undefined>,
  pauseMs = PAUSE_MS,
): Promise<Found> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`not seen: ${what}`);
    await setTimeout(pauseMs);
  }
}
