import { type DocumentSnapshot, Timestamp, type Transaction } from "firebase-admin/firestore";
import { isDeepStrictEqual } from "node:util";
import { commentRef, commentsRef, feedRef, showRef } from "../collections.js";
import type { FeedDocument } from "../contract/feed.js";
import { audienceIntervalMs, digestIntervalMs } from "../contract/feedIntervals.js";
import { queries } from "../contract/queries.js";
import type { ShowDocument } from "../contract/shows.js";
import type { Dependencies } from "../dependencies.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { adaptedSlowMode } from "./adaptedSlowMode.js";
import { audienceCount } from "./audienceCount.js";
import { isCalmAgain, needsDigest, RATE_WINDOW_MS, rateOfDigest } from "./commentRate.js";
import { newestComments, withNewComments } from "./digestComments.js";
import { isVisibleChange } from "./discoveryAudience.js";
import { haveReactedSince, reactionTotalsOf } from "./reactionTotals.js";

type Needs = Pick<
  Dependencies,
  "firestore" | "clock" | "tasks" | "audienceIntervalMs" | "digestIntervalMs"
>;

interface Live {
  readonly showId: string;
  readonly show: ShowDocument;
  readonly feed: FeedDocument;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Trusts nothing that the feed says already. */
  readonly inFull: boolean;
}

/**
 * Brings a live show's `feed/latest` up to date: audience, reactions, the digest of the comments and the
 * pinned comment. Everything is counted and read anew, so that it is right whichever events came twice,
 * late or not at all. It is written at most once per interval, and only where something changed; a change
 * that came too early in the interval is looked at again at its end.
 *
 * `inFull` is the sweep's: it also reads again what is published already, for the events that never came.
 */
export async function publishFeed(
  deps: Needs,
  { showId }: { readonly showId: string },
  { inFull = false } = {},
): Promise<void> {
  const db = deps.firestore;
  const again = await db.runTransaction(async (transaction) => {
    const [show, feed] = await readTogether(transaction, showRef(db, showId), feedRef(db, showId));
    const live = liveOf(showId, show, feed, deps.clock.now(), inFull);
    if (!live) return null;
    const dueAt = live.feed.updatedAt.toMillis() + intervalMs(deps, live);
    const isEarly = !inFull && live.now < dueAt;
    if (isEarly && live.show.commentFeed === "digest") return dueAt;
    const feedMode = await nextFeedMode(deps, live);
    // A digest begins as soon as comments come fast, in the middle of an interval, too.
    if (isEarly && feedMode.commentFeed === "direct") return dueAt;

    const next = await nextFeed(deps, live, feedMode);
    if (hasChanged(live.feed, next)) {
      transaction.set(feed.ref, { ...next, updatedAt: Timestamp.fromMillis(live.now) });
    }
    changeShow(transaction, show, live, next, feedMode);
    return null;
  });
  if (again !== null) await deps.tasks.publishFeed.enqueue({ showId }, again);
}

function liveOf(
  showId: string,
  show: DocumentSnapshot<ShowDocument>,
  feed: DocumentSnapshot<FeedDocument>,
  now: number,
  inFull: boolean,
): Live | null {
  const data = show.data();
  const published = feed.data();
  if (data?.status !== "live" || !published) return null;
  return { showId, show: data, feed: published, now, inFull };
}

function intervalMs(deps: Needs, { show, feed }: Live): number {
  const { listeners } = feed.audience;
  return show.commentFeed === "digest"
    ? digestIntervalMs(listeners, deps.digestIntervalMs)
    : audienceIntervalMs(listeners, deps.audienceIntervalMs);
}

/** How comments reach the listeners from now on. */
interface FeedMode {
  readonly commentFeed: "direct" | "digest";
  readonly comments: FeedDocument["comments"];
  readonly digestSince: FeedDocument["digestSince"];
  /** Comments per second. */
  readonly rate: number;
}

async function nextFeedMode(deps: Needs, live: Live): Promise<FeedMode> {
  const db = deps.firestore;
  const { showId, show, feed, now, inFull } = live;
  const digestMs = digestIntervalMs(feed.audience.listeners, deps.digestIntervalMs);
  if (show.commentFeed !== "digest") {
    const since = Timestamp.fromMillis(now - RATE_WINDOW_MS);
    const recent = select(commentsRef(db, showId), queries.commentsSince, since);
    const { count } = (await recent.count().get()).data();
    const rate = (count * 1_000) / RATE_WINDOW_MS;
    if (!needsDigest(rate, digestMs))
      return { commentFeed: "direct", comments: [], digestSince: null, rate };
    const comments = await newestComments(db, showId);
    const digestSince = Timestamp.fromMillis(now);
    return { commentFeed: "digest", comments, digestSince, rate };
  }
  const comments = inFull
    ? await newestComments(db, showId)
    : await withNewComments(db, showId, feed.comments);
  const rate = rateOfDigest(comments, now);
  if (isCalmAgain(comments, digestMs, feed.digestSince?.toMillis() ?? 0, now)) {
    return { commentFeed: "direct", comments: [], digestSince: null, rate };
  }
  return { commentFeed: "digest", comments, digestSince: feed.digestSince, rate };
}

async function nextFeed(
  deps: Needs,
  live: Live,
  { comments, digestSince }: FeedMode,
): Promise<FeedDocument> {
  const { showId, feed, inFull } = live;
  const db = deps.firestore;
  const hasReacted = inFull || (await haveReactedSince(db, showId, feed.updatedAt.toMillis()));
  const [audience, reactions, pinned] = await Promise.all([
    nextAudience(deps, live),
    hasReacted ? reactionTotalsOf(db, showId) : feed.reactions,
    nextPinned(deps, live),
  ]);
  return { ...feed, audience, reactions, comments, digestSince, pinned };
}

/** Counted less often than a digest is written: a count reads an index entry for each participant. */
async function nextAudience(deps: Needs, live: Live): Promise<FeedDocument["audience"]> {
  const { audience } = live.feed;
  const countEveryMs = audienceIntervalMs(audience.listeners, deps.audienceIntervalMs);
  if (!live.inFull && live.now - audience.countedAt.toMillis() < countEveryMs) return audience;
  const listeners = await audienceCount(deps.firestore, live.showId);
  const peak = Math.max(listeners, audience.peak);
  return { listeners, peak, countedAt: Timestamp.fromMillis(live.now) };
}

/** That the audience was counted again, and is the same, is no reason to write. */
function hasChanged(before: FeedDocument, next: FeedDocument): boolean {
  const { countedAt } = before.audience;
  return !isDeepStrictEqual(before, { ...next, audience: { ...next.audience, countedAt } });
}

/** Null also for a pinned comment that nobody can see any more. */
async function nextPinned({ firestore: db }: Needs, live: Live): Promise<FeedDocument["pinned"]> {
  const { showId, show, feed, inFull } = live;
  const id = show.pinnedCommentId ?? null;
  if (id === null) return null;
  if (!inFull && feed.pinned?.id === id) return feed.pinned;
  const comment = (await commentRef(db, showId, id).get()).data();
  return comment?.hidden === false ? { ...comment, id } : null;
}

/** Everyone in the show, and whoever browses, reads each change of the show document: it changes rarely. */
function changeShow(
  transaction: Transaction,
  snapshot: DocumentSnapshot<ShowDocument>,
  { show, now }: Live,
  feed: FeedDocument,
  { commentFeed, rate }: FeedMode,
): void {
  const waits = show.adaptedSlowModeSeconds ?? 0;
  const adapted = show.settings?.adaptiveSlowMode === true ? adaptedSlowMode(rate, waits) : 0;
  const counted = { ...feed.audience, countedAt: Timestamp.fromMillis(now) };
  const changes = {
    ...(show.audience && isVisibleChange(show.audience, counted) && { audience: counted }),
    ...(commentFeed !== (show.commentFeed ?? "direct") && { commentFeed }),
    ...(adapted !== waits && { adaptedSlowModeSeconds: adapted }),
    ...(show.pinnedCommentId && !feed.pinned && { pinnedCommentId: null }),
  };
  if (Object.keys(changes).length === 0) return;
  transaction.update(snapshot.ref, { ...changes, updatedAt: Timestamp.fromMillis(now) });
}
