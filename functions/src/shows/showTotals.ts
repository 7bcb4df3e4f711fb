import type { Firestore } from "firebase-admin/firestore";
import { commentsRef, participantsRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import { onStage } from "../contract/role.js";
import type { ShowSummary } from "../contract/shows.js";
import { audienceCount } from "../feed/audienceCount.js";
import { reactionTotalsOf } from "../feed/reactionTotals.js";
import { select } from "../queries.js";
import { countSaves } from "../saves/countSaves.js";

/** What a summary counts. */
export interface ShowTotals extends Pick<
  ShowSummary,
  "listeners" | "comments" | "reactions" | "opens" | "saves"
> {
  readonly present: number;
  /** The uids of those who may speak now. */
  readonly speaking: readonly string[];
}

/**
 * Counted before the transaction that ends the show: while that runs, its locks make everybody wait who comments, joins or
 * leaves. What arrives between the count and the end is not in it.
 */
export async function readTotals(db: Firestore, showId: string): Promise<ShowTotals> {
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
