import { Timestamp } from "firebase-admin/firestore";
import { feedRef, showRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { readTogether } from "../readTogether.js";
import { audienceCount } from "./audienceCount.js";

/** The show document is listened to by everyone who browses: discovery can wait. */
const DISCOVERY_INTERVAL_MS = 30_000;

/**
 * Counts a live show's audience from its participants and writes it where it changed: into
 * `feed/latest` at most once per interval, into the show at most every 30 s. The count is taken
 * anew each time, so it is right whichever events came twice, late or not at all. Resolves to the
 * moment (ms since the epoch) at which to count again, or null when the count stands still. What the
 * show still lacks then, the next count or the sweep writes: a task of its own would be one for every
 * show that somebody entered.
 */
export async function recountAudience(
  deps: Pick<Dependencies, "firestore" | "clock" | "audienceIntervalMs">,
  showId: string,
): Promise<number | null> {
  const db = deps.firestore;
  return db.runTransaction(async (transaction) => {
    const [showSnapshot, feedSnapshot] = await readTogether(
      transaction,
      showRef(db, showId),
      feedRef(db, showId),
    );
    const show = showSnapshot.data();
    const feed = feedSnapshot.data();
    if (show?.status !== "live" || !show.audience || !feed) return null;

    const listeners = await audienceCount(db, showId);
    const now = deps.clock.now();
    const audience = {
      listeners,
      peak: Math.max(listeners, feed.audience.peak),
      countedAt: Timestamp.fromMillis(now),
    };

    const thisInterval = Math.floor(now / deps.audienceIntervalMs);
    const nextIntervalAt = (thisInterval + 1) * deps.audienceIntervalMs;
    if (show.audience.listeners !== listeners || show.audience.peak !== audience.peak) {
      const discoveryAt = show.audience.countedAt.toMillis() + DISCOVERY_INTERVAL_MS;
      if (now >= discoveryAt) transaction.update(showSnapshot.ref, { audience });
    }
    if (feed.audience.listeners === listeners) return null;
    const countedIn = Math.floor(feed.audience.countedAt.toMillis() / deps.audienceIntervalMs);
    if (countedIn < thisInterval) {
      transaction.update(feedSnapshot.ref, { audience, updatedAt: audience.countedAt });
    }
    // While the count moves the next interval is looked at too: that mends an event that got lost.
    return nextIntervalAt;
  });
}
