import type { Firestore } from "firebase-admin/firestore";
import { commentsRef, feedRef, participantsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import { noReactions } from "../contract/reactions.js";
import { onStage } from "../contract/role.js";
import type { ShowSummary } from "../contract/shows.js";
import { audienceCount } from "../feed/audienceCount.js";
import { reactionTotalsOf } from "../feed/reactionTotals.js";
import { select } from "../queries.js";
import { countSaves } from "../saves/countSaves.js";
import { log } from "../log.js";

/** The numbers of a summary. */
export interface ShowTotals extends Pick<
  ShowSummary,
  "listeners" | "comments" | "reactions" | "opens" | "saves"
> {
  readonly present: number;
  /** The uids of those who may speak now. */
  readonly speaking: readonly string[];
}

/**
 * Counted before the transaction that ends the show, because its locks make everybody wait who comments, joins or
 * leaves. Changes between the count and the end are not included. A show can end even if it cannot be counted.
 */
export async function readTotals(db: Firestore, showId: string): Promise<ShowTotals> {
  try {
    return await countTotals(db, showId);
  } catch (error) {
    log("ERROR", "totals are not counted", { showId, error: String(error) });
    return publishedTotals(db, showId);
  }
}

/** The totals that were published last, which are a lower limit. */
async function publishedTotals(db: Firestore, showId: string): Promise<ShowTotals> {
  const feed = (await feedRef(db, showId).get()).data();
  return {
    listeners: feed?.audience.peak ?? 0,
    present: feed?.audience.listeners ?? 0,
    speaking: [],
    comments: feed?.comments.length ?? 0,
    reactions: feed?.reactions ?? noReactions,
  };
}

async function countTotals(db: Firestore, showId: string): Promise<ShowTotals> {
  const everybody = participantsRef(db, showId);
  const [participants, present, speaking, comments, reactions, used] = await Promise.all([
    everybody.count().get(),
    audienceCount(db, showId),
    select(everybody, queries.presentByRole, "present", onStage).select().get(),
    commentsRef(db, showId).count().get(),
    reactionTotalsOf(db, showId),
    countSaves(db, showId),
  ]);
  return {
    // The creator's own participant document is not one of the listeners.
    listeners: Math.max(0, participants.data().count - 1),
    present,
    speaking: speaking.docs.map(({ id }) => id),
    comments: comments.data().count,
    reactions,
    ...used,
  };
}
