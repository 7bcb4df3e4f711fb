import { GrpcStatus } from "firebase-admin/firestore";
import { showRef, summaryRef, timelineRef } from "../collections.js";
import type { Dependencies } from "../dependencies.js";
import { hasStatus } from "../grpcStatus.js";
import { countShowPlays } from "./countShowPlays.js";
import type { PlaybackDocument } from "../contract/music.js";

/**
 * Keeps a change of `playback/now` in the timeline, once however often its event comes. One that comes
 * after the show's end corrects the summary, which was written without it.
 */
export async function recordPlayback(
  deps: Pick<Dependencies, "firestore">,
  showId: string,
  playback: PlaybackDocument,
): Promise<void> {
  const db = deps.firestore;
  try {
    await timelineRef(db, showId, playback.sequence).create(playback);
  } catch (error) {
    if (!hasStatus(error, GrpcStatus.ALREADY_EXISTS)) throw error;
  }
  const endedAt = (await showRef(db, showId).get()).data()?.endedAt;
  if (!endedAt) return;
  await db.runTransaction(async (transaction) => {
    const tracksPlayed = await countShowPlays(deps, transaction, showId, endedAt.toMillis());
    transaction.update(summaryRef(db, showId), { tracksPlayed });
  });
}
