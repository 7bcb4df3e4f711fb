import type { FeedDocument } from "../../../functions/src/contract/feed.js";
import { digestIntervalMs } from "../../../functions/src/contract/feedIntervals.js";
import type { Cancel, LocalClock } from "../clock/localClock.js";
import type { AmbientError } from "../errors/ambientError.js";
import type { KnownObservable } from "../observe/observable.js";
import { isEqual } from "../observe/isEqual.js";
import { createSource, type Source } from "../observe/source.js";
import type { Unsubscribe } from "../sdk/firebaseSdk.js";
import { COMMENTS_PER_PAGE, type Comment } from "./comment.js";
import type { Reader } from "./reader.js";

/** The person's own changes to their comments on this device. */
export interface OwnComments {
  readonly sent: readonly Comment[];
  readonly deletedIds: ReadonlySet<string>;
}

export interface CommentSources {
  readonly reader: Source<Reader>;
  readonly feed: Source<FeedDocument | undefined>;
  readonly own: KnownObservable<OwnComments>;
  readonly local: Pick<LocalClock, "after" | "random">;
  /** The newest comments. `isFresh`: skip cached comments, which may differ from the digest's. */
  direct(kind: "all" | "visible", isFresh: boolean): Source<readonly Comment[]>;
}

/** Comments are committed, and digests written, out of order by less than this. */
const OUT_OF_ORDER_MS = 5_000;
/**
 * Comments that the first digest lacks may be too new for it. A comment still missing after this time was hidden by a
 * host. Twice the longest interval allows for slow phones and servers.
 */
const KEPT_MS = 20_000;

/**
 * The newest comments, newest first, from the source that is in use. After a switch the old comments stay until the
 * new source has its first value.
 */
export function latestComments(sources: CommentSources): Source<readonly Comment[]> {
  return createSource((next, fail) => {
    const latest = new LatestComments(sources, next, fail);
    return () => {
      latest.stop();
    };
  });
}

class LatestComments {
  readonly #sources: CommentSources;
  readonly #next: (comments: readonly Comment[]) => void;
  readonly #fail: (error: AmbientError) => void;
  readonly #stops: Unsubscribe[] = [];
  #reader: Reader | undefined;
  #shown: readonly Comment[] | undefined;
  #stopFeed: Unsubscribe | undefined;
  #feed: { readonly latest: FeedDocument | undefined } | undefined;
  /** The digest that is shown; undefined while comments are read directly. */
  #digest: FeedDocument | undefined;
  /** Own comments that a digest included. If a later digest lacks one, it was hidden. */
  readonly #gathered = new Set<string>();
  /** Comments that were shown before the switch and may be too new for the first digest. */
  #keptComments: readonly Comment[] = [];
  #cancelKeeping: Cancel = () => undefined;
  /** The direct listener, or the wait for it. */
  #direct: { readonly kind: "all" | "visible"; readonly stop: () => void } | undefined;

  constructor(
    sources: CommentSources,
    next: (comments: readonly Comment[]) => void,
    fail: (error: AmbientError) => void,
  ) {
    this.#sources = sources;
    this.#next = next;
    this.#fail = fail;
    this.#stops.push(
      sources.reader.subscribe((reader) => {
        if (reader === this.#reader) return;
        this.#reader = reader;
        this.#followFeed(reader === "digest");
        this.#switchSource();
      }, fail),
      sources.own.subscribe(() => {
        if (this.#digest) this.#showDigest(this.#digest);
        else if (this.#shown) this.#show(this.#shown);
      }),
    );
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.#followFeed(false);
    this.#stopDirect();
    this.#cancelKeeping();
  }

  #followFeed(isWanted: boolean): void {
    if (!isWanted) {
      this.#stopFeed?.();
      this.#stopFeed = undefined;
      this.#feed = undefined;
      return;
    }
    this.#stopFeed ??= this.#sources.feed.subscribe((latest) => {
      this.#feed = { latest };
      this.#switchSource();
    }, this.#fail);
  }

  #switchSource(): void {
    if (this.#reader === undefined) return;
    if (this.#reader !== "digest") {
      this.#readDirectly(this.#reader);
      return;
    }
    // Until the feed arrives, the old comments stay.
    if (!this.#feed) return;
    const { latest } = this.#feed;
    if (latest && this.#isUsable(latest)) this.#readDigest(latest);
    // The server fills and empties the digest shortly before or after it switches.
    else this.#readDirectly("visible");
  }

  /** False if the digest is empty or older than what is shown. */
  #isUsable({ comments, updatedAt }: FeedDocument): boolean {
    if (comments.length === 0) return false;
    const [newest] = this.#shown ?? [];
    if (this.#digest || !newest) return true;
    const hasNewest = comments.some(({ id }) => id === newest.id);
    return hasNewest || updatedAt.toMillis() >= newest.createdAt.toMillis();
  }

  #readDigest(digest: FeedDocument): void {
    if (!this.#digest) this.#keep(this.#shown ?? []);
    this.#stopDirect();
    this.#digest = digest;
    this.#showDigest(digest);
  }

  #keep(comments: readonly Comment[]): void {
    this.#keptComments = comments;
    this.#cancelKeeping();
    this.#cancelKeeping = this.#sources.local.after(KEPT_MS, () => {
      this.#keptComments = [];
      if (this.#digest) this.#showDigest(this.#digest);
    });
  }

  #showDigest({ comments, updatedAt }: FeedDocument): void {
    const gatheredAt = updatedAt.toMillis();
    const ids = new Set(comments.map(({ id }) => id));
    const candidates = new Map(
      [...this.#keptComments, ...this.#sources.own.current.sent].map((comment) => [
        comment.id,
        comment,
      ]),
    );
    const newer = [...candidates.values()].filter((comment) => {
      if (ids.has(comment.id)) this.#gathered.add(comment.id);
      const isTooNew = comment.createdAt.toMillis() > gatheredAt - OUT_OF_ORDER_MS;
      return isTooNew && !this.#gathered.has(comment.id);
    });
    this.#show([...newer, ...comments].sort(byAge));
  }

  #readDirectly(kind: "all" | "visible"): void {
    if (this.#direct?.kind === kind) return;
    this.#stopDirect();
    if (!this.#digest || kind === "all") {
      this.#listen(kind);
      return;
    }
    // A digest ends for all listeners at once, and each of them reads a page. They spread it over an interval, which is
    // as long as they would have waited for the next digest.
    const waitMs = this.#sources.local.random() * digestIntervalMs(this.#digest.audience.listeners);
    const stop = this.#sources.local.after(waitMs, () => {
      this.#listen(kind);
    });
    this.#direct = { kind, stop };
  }

  /** The digest stays until this has a value. */
  #listen(kind: "all" | "visible"): void {
    const stops: Unsubscribe[] = [];
    let isWanted = true;
    const stop = () => {
      isWanted = false;
      for (const end of stops.splice(0)) end();
    };
    this.#direct = { kind, stop };
    const source = this.#sources.direct(kind, this.#digest !== undefined);
    const end = source.subscribe((comments) => {
      this.#digest = undefined;
      this.#show(comments);
    }, this.#fail);
    stops.push(end);
    // The subscriber may have unsubscribed during the first value.
    if (!wanted()) stop();

    function wanted() {
      return isWanted;
    }
  }

  #stopDirect(): void {
    this.#direct?.stop();
    this.#direct = undefined;
  }

  #show(comments: readonly Comment[]): void {
    const { deletedIds } = this.#sources.own.current;
    const before = new Map(this.#shown?.map((comment) => [comment.id, comment]));
    // Each digest is parsed completely. A comment that has not changed stays the same object, so that its row does not rerender.
    const shown = comments
      .filter(({ id }) => !deletedIds.has(id))
      .slice(0, COMMENTS_PER_PAGE)
      .map((comment) => {
        const known = before.get(comment.id);
        return known && isEqual(comment, known) ? known : comment;
      });
    // The digest is also rewritten for reactions, with the same comments.
    if (isEqual(shown, this.#shown)) return;
    this.#shown = shown;
    this.#next(shown);
  }
}

/** Newest first. Comments with the same timestamp are ordered by id, as in Firestore. */
function byAge(one: Comment, other: Comment): number {
  const difference = other.createdAt.toMillis() - one.createdAt.toMillis();
  if (difference !== 0) return difference;
  return one.id < other.id ? 1 : -1;
}
