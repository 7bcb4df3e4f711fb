import type { Firestore } from "firebase-admin/firestore";
import { commentsRef, participantsRef, showRef } from "../collections.js";
import { queries } from "../contract/queries.js";
import { onStage } from "../contract/role.js";
import type { ShowSummary } from "../contract/shows.js";
import { audienceCount } from "../feed/audienceCount.js";
import { reactionTotalsOf } from "../feed/reactionTotals.js";
import { select, selectEverywhere } from "../queries.js";
import { countSaves } from "../saves/countSaves.js";

/** What a summary counts. */
export interface ShowTotals extends Pick<
  ShowSummary,
  "listeners" | "comments" | "reactions" | "newFollowers" | "opens" | "saves"
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
  const [participants, present, speaking, comments, reactions, newFollowers, used] =
    await Promise.all([
      everybody.count().get(),
      audienceCount(db, showId),
      select(everybody, queries.presentByRole, "present", onStage).select().get(),
      commentsRef(db, showId).count().get(),
      reactionTotalsOf(db, showId),
      countNewFollowers(db, showId),
      countSaves(db, showId),
    ]);
  return {
    // The creator's own participant document is not one of the listeners.
    listeners: participants.data().count - 1,
    present,
    speaking: speaking.docs.map(({ id }) => id),
    comments: comments.data().count,
    reactions,
    newFollowers,
    ...used,
  };
}

/** Who followed the creator since the show began. */
async function countNewFollowers(db: Firestore, showId: string): Promise<number> {
  const show = (await showRef(db, showId).get()).data();
  if (!show?.startedAt) return 0;
  const { creatorUid, startedAt } = show;
  const query = selectEverywhere(db, queries.newFollowersOf, creatorUid, startedAt);
  return (await query.count().get()).data().count;
}
