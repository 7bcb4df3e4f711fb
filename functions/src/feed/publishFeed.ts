import { type DocumentSnapshot, type Precondition, Timestamp } from "firebase-admin/firestore";
import { isDeepStrictEqual } from "node:util";
import { audienceCurveRef, commentsRef, feedRef, showRef } from "../collections.js";
import type { FeedDocument } from "../contract/feed.js";
import {
  audienceIntervalMs,
  digestIntervalMs,
  directIntervalMs,
} from "../contract/feedIntervals.js";
import { queries } from "../contract/queries.js";
import type { ShowDocument } from "../contract/shows.js";
import type { Dependencies } from "../dependencies.js";
import { select } from "../queries.js";
import { readTogether } from "../readTogether.js";
import { retryConflicts } from "../retryConflicts.js";
import { adaptedSlowMode } from "./adaptedSlowMode.js";
import { correctSaves } from "../saves/correctSaves.js";
import { audienceCount } from "./audienceCount.js";
import { finalPoint, listenerMsUntil } from "./audienceCurve.js";
import { isCalmAgain, needsDigest, RATE_WINDOW_MS, rateOfDigest } from "./commentRate.js";
import { newestComments, visibleComment } from "./digestComments.js";
import { isVisibleChange } from "./discoveryAudience.js";
import { reactionTotalsOf } from "./reactionTotals.js";
import { mostWantedSongs } from "./mostWantedSongs.js";

type FeedDependencies = Pick<
  Dependencies,
  "firestore" | "clock" | "tasks" | "audienceIntervalMs" | "digestIntervalMs"
>;

interface Current {
  readonly showId: string;
  readonly show: ShowDocument;
  readonly feed: FeedDocument;
  /** Whether it is live; otherwise it has ended. */
  readonly isLive: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** How early a task may run, in ms, because machines' clocks differ. */
const CLOCKS_DIFFER_MS = 50;

/**
 * If a publication is written more than this long after its reads (in ms), it may restore a comment that was hidden in
 * between. The publication that the hiding requested may have come first and found nothing to write.
 */
const SLOW_MS = 1_000;

/**
 * Brings a show's `feed/latest` up to date: audience, reactions, the song requests, the digest of the comments and
 * the pinned comment. Each run counts and reads everything again, so that it is right even if events arrived twice, late or
 * not at all. It is written at most once per interval, and only where something changed; a change that came too early
 * in the interval is looked at again at its end.
 *
 * `updatedAt` is the moment before anything was read: whatever was committed before it is in the feed, and
 * the event of whatever is committed after it requests the next publication. A publication that took long requests it, too.
 *
 * After the end, the feed is published once more for the last interval, and again whenever a comment is hidden or deleted.
 * The audience is no longer counted then, but the summary receives what people open and save later.
 */
export async function publishFeed(
  deps: FeedDependencies,
  { showId }: { readonly showId: string },
): Promise<void> {
  const again = await retryConflicts(() => publishOnce(deps, showId));
  if (again !== null) await deps.tasks.publishFeed.enqueue({ showId }, again);
}

/**
 * Resolves with the time of the next publication, in ms since the epoch, or null if none is needed. Rejects with
 * FAILED_PRECONDITION if the show or its feed changed since they were read.
 */
async function publishOnce(deps: FeedDependencies, showId: string): Promise<number | null> {
  const db = deps.firestore;
  const [show, feed] = await readTogether(db, showRef(db, showId), feedRef(db, showId));
  const current = currentOf(showId, show, feed, deps.clock.now());
  if (!current) return null;
  const dueAt = dueAtOf(deps, current);
  const isEarly = current.now < dueAt - CLOCKS_DIFFER_MS;
  if (isEarly && current.show.commentFeed === "digest") return dueAt;
  const nextMode = nextFeedMode(deps, current);
  // A digest begins as soon as comments come fast, in the middle of an interval, too.
  if (isEarly && (await nextMode).commentFeed === "direct") return dueAt;

  const [feedMode, audience, reactions, pinned, songRequests] = await Promise.all([
    nextMode,
    nextAudience(deps, current),
    reactionTotalsOf(db, showId),
    nextPinned(deps, current),
    current.isLive ? mostWantedSongs(db, showId) : [],
    current.isLive ? undefined : correctSaves(db, showId),
  ]);
  const { comments, digestSince } = feedMode;
  const isCounted = current.isLive && audience !== current.feed.audience;
  const listenerMs = isCounted
    ? listenerMsUntil(current.feed, current.now)
    : current.feed.listenerMs;
  const next = {
    ...current.feed,
    audience,
    listenerMs,
    reactions,
    comments,
    digestSince,
    pinned,
    songRequests,
  };
  const updatedAt = Timestamp.fromMillis(current.now);
  const hasNews = hasChanged(current.feed, next);
  const changes = changesOfShow(current, next, feedMode);
  if (hasNews || changes) {
    const batch = db.batch();
    if (hasNews) batch.update(feed.ref, { ...next, updatedAt }, unchangedSince(feed));
    const startedAt = current.show.startedAt?.toMillis() ?? current.now;
    const point = isCounted && hasNews ? finalPoint(current.feed, startedAt, current.now) : null;
    if (point) {
      const points = { [point.minute]: point.listeners };
      batch.set(audienceCurveRef(db, showId), { points }, { merge: true });
    }
    if (changes) batch.update(show.ref, { ...changes, updatedAt }, unchangedSince(show));
    await batch.commit();
  }
  const countAt = nextCountAt(deps, current);
  const committedAt = deps.clock.now();
  if (!hasNews || committedAt - current.now <= SLOW_MS) return countAt;
  const written = { show: { ...current.show, ...changes }, feed: { ...next, updatedAt } };
  const againAt = Math.max(committedAt, dueAtOf(deps, { ...current, ...written }));
  return Math.min(againAt, countAt ?? Infinity);
}

function unchangedSince({ updateTime }: DocumentSnapshot<unknown>): Precondition {
  return updateTime ? { lastUpdateTime: updateTime } : { exists: true };
}

function currentOf(
  showId: string,
  show: DocumentSnapshot<ShowDocument>,
  feed: DocumentSnapshot<FeedDocument>,
  now: number,
): Current | null {
  const data = show.data();
  const published = feed.data();
  if (!data || !published) return null;
  if (data.status !== "live" && data.status !== "ended") return null;
  return { showId, show: data, feed: published, isLive: data.status === "live", now };
}

/** When the feed may be written again, in ms since the epoch. The final publication is not delayed. */
function dueAtOf(
  deps: FeedDependencies,
  { show, feed, isLive }: Pick<Current, "show" | "feed" | "isLive">,
): number {
  if (!isLive) return 0;
  const { listeners } = feed.audience;
  const intervalMs =
    show.commentFeed === "digest"
      ? digestIntervalMs(listeners, deps.digestIntervalMs)
      : directIntervalMs(listeners, deps.audienceIntervalMs);
  return feed.updatedAt.toMillis() + intervalMs;
}

/** How comments reach the listeners from now on. */
interface FeedMode {
  readonly commentFeed: "direct" | "digest";
  readonly comments: FeedDocument["comments"];
  readonly digestSince: FeedDocument["digestSince"];
  /** Comments per second. */
  readonly rate: number;
}

async function nextFeedMode(deps: FeedDependencies, current: Current): Promise<FeedMode> {
  const db = deps.firestore;
  const { showId, show, feed, isLive, now } = current;
  const digestMs = digestIntervalMs(feed.audience.listeners, deps.digestIntervalMs);
  const direct = (rate: number): FeedMode => ({
    commentFeed: "direct",
    comments: [],
    digestSince: null,
    rate,
  });
  if (show.commentFeed !== "digest") {
    const rate = isLive ? await commentRate(deps, current) : 0;
    if (!needsDigest(rate, digestMs, feed.audience.listeners)) return direct(rate);
    const comments = await newestComments(db, showId);
    return { commentFeed: "digest", comments, digestSince: Timestamp.fromMillis(now), rate };
  }
  const { digestSince } = feed;
  const comments = await newestComments(db, showId);
  const rate = rateOfDigest(comments, now);
  // An ended show keeps the digest that everybody has.
  const isOver = isLive && isCalmAgain(comments, digestMs, digestSince?.toMillis() ?? 0, now);
  return isOver ? direct(rate) : { commentFeed: "digest", comments, digestSince, rate };
}

/** Comments per second, counted by a query because there is no digest yet. */
async function commentRate(
  { firestore: db }: FeedDependencies,
  { showId, now }: Current,
): Promise<number> {
  const since = Timestamp.fromMillis(now - RATE_WINDOW_MS);
  const recent = select(commentsRef(db, showId), queries.commentsSince, since);
  const { count } = (await recent.count().get()).data();
  return (count * 1_000) / RATE_WINDOW_MS;
}

/**
 * When the audience is next counted, in ms since the epoch; null if this run counts it. A digest is written more often
 * than the audience is counted, because a count reads an index entry for each participant.
 */
function nextCountAt(deps: FeedDependencies, { feed, isLive, now }: Current): number | null {
  const { listeners, countedAt } = feed.audience;
  const dueAt = countedAt.toMillis() + audienceIntervalMs(listeners, deps.audienceIntervalMs);
  return isLive && now < dueAt - CLOCKS_DIFFER_MS ? dueAt : null;
}

async function nextAudience(
  deps: FeedDependencies,
  current: Current,
): Promise<FeedDocument["audience"]> {
  const { showId, show, feed, isLive, now } = current;
  // The call that ended the show has counted it for the last time.
  if (!isLive) return show.audience ?? feed.audience;
  if (nextCountAt(deps, current) !== null) return feed.audience;
  const listeners = await audienceCount(deps.firestore, showId);
  const peak = Math.max(listeners, feed.audience.peak);
  return { listeners, peak, countedAt: Timestamp.fromMillis(now) };
}

/** A new count with the same result does not cause a write. `listenerMs` catches up with the next change. */
function hasChanged(before: FeedDocument, next: FeedDocument): boolean {
  const { audience, listenerMs } = before;
  const { countedAt } = audience;
  const news = { ...next, listenerMs, audience: { ...next.audience, countedAt } };
  return !isDeepStrictEqual(before, news);
}

/** Null also for a pinned comment that nobody can see any more. */
async function nextPinned(
  { firestore: db }: FeedDependencies,
  { showId, show }: Current,
): Promise<FeedDocument["pinned"]> {
  const id = show.pinnedCommentId ?? null;
  return id === null ? null : visibleComment(db, showId, id);
}

/**
 * What changes in the show document, or null. It changes rarely, because everyone in the show and everyone
 * who browses reads each change.
 */
function changesOfShow(
  { show, isLive, now }: Current,
  feed: FeedDocument,
  { commentFeed, rate }: FeedMode,
): Partial<ShowDocument> | null {
  const waits = show.adaptedSlowModeSeconds ?? 0;
  const adapted = show.settings?.adaptiveSlowMode === true ? adaptedSlowMode(rate, waits) : 0;
  const counted = { ...feed.audience, countedAt: Timestamp.fromMillis(now) };
  const changes = {
    ...(isLive && {
      ...(show.audience && isVisibleChange(show.audience, counted) && { audience: counted }),
      ...(commentFeed !== (show.commentFeed ?? "direct") && { commentFeed }),
      ...(adapted !== waits && { adaptedSlowModeSeconds: adapted }),
    }),
    ...(show.pinnedCommentId && !feed.pinned && { pinnedCommentId: null }),
  };
  return Object.keys(changes).length === 0 ? null : changes;
}
