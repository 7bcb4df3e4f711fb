import { GrpcStatus } from "firebase-admin/firestore";
import { showRef, summaryRef, timelineRef, userRef } from "../collections.js";
import { DELETED_UID } from "../contract/dataPolicies.js";
import type { Dependencies } from "../dependencies.js";
import { hasStatus } from "../grpcStatus.js";
import { readTogether } from "../readTogether.js";
import { readShowPlays } from "./readShowPlays.js";
import { writeSetlist } from "./writeSetlist.js";
import type { PlaybackDocument } from "../contract/music.js";

/**
 * Keeps a change of `playback/now` in the timeline, once however often its event comes. One that comes
 * after the show's end corrects the summary and the setlist, which were written without it.
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
  const [show, user] = await readTogether(db, showRef(db, showId), userRef(db, playback.by));
  if (!user.exists) {
    // Read after the change was kept: a deletion of the account that begins later finds it.
    await timelineRef(db, showId, playback.sequence).update({ by: DELETED_UID });
  }
  const endedAt = show.data()?.endedAt;
  if (!endedAt) return;
  await db.runTransaction(async (transaction) => {
    const plays = await readShowPlays(deps, transaction, showId, endedAt.toMillis());
    transaction.update(summaryRef(db, showId), { tracksPlayed: plays.tracksPlayed });
    writeSetlist(transaction, db, showId, plays);
  });
}
