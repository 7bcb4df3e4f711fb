import { queries, type QueryDeclaration } from "../../../functions/src/contract/queries.js";
import {
  creatorSearchDocument,
  showSearchDocument,
  type CreatorSearchDocument,
  type ShowSearchDocument,
} from "../../../functions/src/contract/search.js";
import { searchPrefix, searchWordsOf } from "../../../functions/src/contract/searchWords.js";
import type { Backend } from "../backend/backend.js";
import {
  limitOf,
  pageOf,
  pageQuery,
  type ListRequest,
  type Page,
  type PageRequest,
} from "../backend/page.js";
import type { Identified, Received } from "../backend/readDocument.js";
import { abortable, throwIfAborted, type Abortable } from "../errors/abortable.js";
import { firstOf } from "../observe/firstOf.js";
import { memo } from "../observe/memo.js";
import type { Observable } from "../observe/observable.js";
import { mapped, startingWith, switching, type Source } from "../observe/source.js";
import { together } from "../observe/together.js";
import { hiding } from "../observe/hiding.js";
import type { ShowDetails } from "../shows/showDetails.js";
import { publicShows } from "./publicShows.js";
import { rankLive } from "./rankLive.js";

/**
 * A public show that a search found.
 *
 * @example
 * ```ts
 * const line = ({ title, creator }: FoundShow) => `${title} · ${creator.displayName}`;
 * ```
 */
export interface FoundShow extends Identified<Received<ShowSearchDocument>> {}

/**
 * A creator whom a search found. `id` is the uid.
 *
 * @example
 * ```ts
 * const line = ({ displayName, followerCount }: FoundCreator) => `${displayName}, ${followerCount}`;
 * ```
 */
export interface FoundCreator extends Identified<CreatorSearchDocument> {}

/** How long after its time a show that has not started is still listed as upcoming, in ms. */
const LATENESS_TOLERANCE_MS = 3_600_000;
/** An `in` filter takes at most this many values. */
const CREATORS_PER_QUERY = 30;
/** How many of the newest live shows are listed in addition to the largest ones. */
const NEWEST = 10;
/** The largest page of a search that the rules allow. */
const MAX_PAGE_SIZE = 50;
/** A search for several words reads at most this many pages until one of them has a result. */
const MAX_PAGES = 3;
const MAX_TEXT_LENGTH = 200;

/** The parts of a list of live shows. */
interface LivePart extends Page<ShowDetails> {
  readonly followed?: ReadonlySet<string>;
}

/**
 * Finds public shows and creators. Nothing here shows drafts, unlisted shows, shows that were taken down, or people
 * whom a block hides.
 *
 * @example
 * ```ts
 * ambient.discover.live().subscribe(({ items }) => renderLive(items));
 * ```
 */
export class Discover {
  readonly #backend: Backend;
  readonly #followed: Source<ReadonlySet<string>>;

  /** @internal */
  constructor(backend: Backend, followed: Source<ReadonlySet<string>>) {
    this.#backend = backend;
    this.#followed = followed;
  }

  /**
   * Live shows: large, new and followed ones first. Besides the `limit` largest shows, the list contains the newest and
   * those of every creator the person follows.
   *
   * @example
   * ```ts
   * ambient.discover.live().subscribe(({ items }) => renderLive(items), renderProblem);
   * ```
   */
  live(request: ListRequest = {}): Observable<Page<ShowDetails>> {
    return this.#live(request);
  }

  readonly #live = memo((request: ListRequest) => {
    const values = () => ["public", "live"];
    const largest = this.#list(queries.livePublicShows, values, request);
    const newest = this.#list(queries.newestLivePublicShows, values, { limit: NEWEST });
    // The other shows do not wait for those of the followed creators.
    const theirs = startingWith({ items: [], next: undefined }, this.#liveOfFollowed());
    const ranked = mapped(together<LivePart>([largest, newest, theirs]), (parts) => {
      const followed = parts.find((part) => part.followed)?.followed ?? new Set();
      const ranking = { now: this.#backend.local.wall(), followed };
      return { items: rankLive(unique(parts), ranking), next: parts[0]?.next };
    });
    return this.#withoutHidden(ranked);
  });

  /**
   * Announced shows, soonest first. A show that is more than an hour late is not listed.
   *
   * @example
   * ```ts
   * ambient.discover.upcoming({ limit: 10 }).subscribe(({ items }) => renderCalendar(items));
   * ```
   */
  upcoming(request: ListRequest = {}): Observable<Page<ShowDetails>> {
    return this.#upcoming(request);
  }

  readonly #upcoming = memo((request: ListRequest) => {
    const values = () => ["public", "scheduled", this.#soon()];
    return this.#withoutHidden(this.#list(queries.upcomingPublicShows, values, request));
  });

  /**
   * Shows with a tag: the live ones, largest first, or the announced ones, soonest first. `ambient.config` has the tags.
   *
   * @example
   * ```ts
   * ambient.discover.byTag("jazz", "live").subscribe(({ items }) => renderLive(items));
   * ```
   */
  byTag(
    tag: string,
    status: "live" | "upcoming",
    request: ListRequest = {},
  ): Observable<Page<ShowDetails>> {
    return this.#byTag(tag, status, request);
  }

  readonly #byTag = memo((tag: string, status: "live" | "upcoming", request: ListRequest) =>
    this.#withoutHidden(
      status === "live"
        ? this.#list(queries.livePublicShowsWithTag, () => ["public", "live", tag], request)
        : this.#list(
            queries.upcomingPublicShowsWithTag,
            () => ["public", "scheduled", tag, this.#soon()],
            request,
          ),
    ),
  );

  /**
   * All live shows of the creators whom the signed-in person follows. It takes one query for every 30 creators.
   *
   * @example
   * ```ts
   * ambient.discover.liveFromFollowed().subscribe((shows) => renderLive(shows));
   * ```
   */
  liveFromFollowed(): Observable<readonly ShowDetails[]> {
    return this.#liveFromFollowed();
  }

  readonly #liveFromFollowed = memo(() =>
    this.#backend.observable(
      mapped(this.#withoutHidden(this.#liveOfFollowed()), ({ items }) => items),
    ),
  );

  /**
   * The announced shows of the creators whom the signed-in person follows, soonest first. It takes one query for every
   * 30 creators.
   *
   * @example
   * ```ts
   * ambient.discover.upcomingFromFollowed().subscribe(({ items }) => renderCalendar(items));
   * ```
   */
  upcomingFromFollowed(request: ListRequest = {}): Observable<Page<ShowDetails>> {
    return this.#upcomingFromFollowed(request);
  }

  readonly #upcomingFromFollowed = memo((request: ListRequest) =>
    this.#withoutHidden(
      switching(this.#followed, (followed) => this.#upcomingOf(followed, request)),
    ),
  );

  /**
   * Searches public shows by the words of their titles and their creators' names: live shows first, then upcoming ones,
   * then past ones. Each word finds what begins with it, regardless of case and accents; a show has to match all words.
   * Words are compared by their first 12 letters. A text without letters and digits finds nothing. A page without items
   * but with `next` means that there is more to search.
   *
   * @example
   * ```ts
   * const { items, next } = await ambient.discover.searchShows("night dri");
   * ```
   */
  searchShows(
    text: string,
    page: PageRequest<FoundShow> & Abortable = {},
  ): Promise<Page<FoundShow>> {
    return abortable(page, () =>
      this.#search(
        text,
        { path: "showSearch", declaration: queries.showsByWord, page },
        (query) => this.#backend.readList(query, showSearchDocument),
        ({ creatorUid }) => creatorUid,
      ),
    );
  }

  /**
   * Searches creators by the words of their names, those with the most followers first. A creator is found while one of
   * their shows is public.
   *
   * @example
   * ```ts
   * const { items } = await ambient.discover.searchCreators("ada");
   * ```
   */
  searchCreators(
    text: string,
    page: PageRequest<FoundCreator> & Abortable = {},
  ): Promise<Page<FoundCreator>> {
    return abortable(page, () =>
      this.#search(
        text,
        { path: "creatorSearch", declaration: queries.creatorsByWord, page },
        (query) => this.#backend.readList(query, creatorSearchDocument),
        ({ id }) => id,
      ),
    );
  }

  #soon(): Date {
    return new Date(this.#backend.local.wall() - LATENESS_TOLERANCE_MS);
  }

  #list(
    declaration: QueryDeclaration,
    values: () => readonly unknown[],
    request: ListRequest,
  ): Source<Page<ShowDetails>> {
    return publicShows(this.#backend, declaration, values, request);
  }

  #withoutHidden(pages: Source<Page<ShowDetails>>): Observable<Page<ShowDetails>> {
    const visible = hiding(pages, this.#backend.hidden, ({ items, next }, uids) => ({
      items: items.filter(({ creatorUid }) => !uids.has(creatorUid)),
      next,
    }));
    return this.#backend.observable(visible);
  }

  #liveOfFollowed(): Source<LivePart> {
    return switching(this.#followed, (followed) => {
      const lists = chunksOf(followed).map((chunk) =>
        this.#list(queries.livePublicShowsOf, () => ["public", "live", chunk], {
          // A creator has one live show at most, so each list is complete.
          limit: CREATORS_PER_QUERY,
        }),
      );
      return mapped(together(lists), (found) => ({
        items: rankLive(unique(found), { now: this.#backend.local.wall(), followed }),
        next: undefined,
        followed,
      }));
    });
  }

  #upcomingOf(creators: ReadonlySet<string>, request: ListRequest): Source<Page<ShowDetails>> {
    const lists = chunksOf(creators).map((chunk) =>
      this.#list(
        queries.upcomingPublicShowsOf,
        () => ["public", "scheduled", chunk, this.#soon()],
        request,
      ),
    );
    // Each list has its soonest shows, so together they have the soonest of all.
    return mapped(together(lists), (found) =>
      pageOf([...unique(found)].sort(bySchedule).slice(0, limitOf(request)), request),
    );
  }

  async #search<Found extends { readonly id: string; readonly prefixes: readonly string[] }>(
    text: string,
    {
      path,
      declaration,
      page,
    }: {
      readonly path: string;
      readonly declaration: QueryDeclaration;
      readonly page: PageRequest<Found> & Abortable;
    },
    read: (query: ReturnType<Backend["query"]>) => Promise<readonly Found[]>,
    uidOf: (found: Found) => string,
  ): Promise<Page<Found>> {
    const words = searchWordsOf(text.slice(0, MAX_TEXT_LENGTH)).map(searchPrefix);
    // The longest word has the fewest matches, and Firestore takes only one. The results are filtered by the others.
    const [first, ...others] = [...words].sort((a, b) => b.length - a.length);
    if (first === undefined) return { items: [], next: undefined };
    const hidden = await firstOf(this.#backend.hidden);
    const limit = Math.min(limitOf(page), MAX_PAGE_SIZE);
    let after = page.after;
    let items: readonly Found[] = [];
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      throwIfAborted(page);
      const query = pageQuery(this.#backend, path, declaration, [first], { limit, after });
      const found = pageOf(await read(query), { limit });
      items = found.items.filter(
        (item) => !hidden.has(uidOf(item)) && others.every((word) => item.prefixes.includes(word)),
      );
      after = found.next;
      if (items.length > 0 || after === undefined) break;
    }
    return { items, next: after };
  }
}

/** The latest followed first. */
function chunksOf(creators: ReadonlySet<string>): readonly (readonly string[])[] {
  const uids = [...creators].reverse();
  return Array.from({ length: Math.ceil(uids.length / CREATORS_PER_QUERY) }, (_, index) =>
    uids.slice(index * CREATORS_PER_QUERY, (index + 1) * CREATORS_PER_QUERY),
  );
}

function unique(pages: readonly Page<ShowDetails>[]): readonly ShowDetails[] {
  return [...new Map(pages.flatMap(({ items }) => items).map((show) => [show.id, show])).values()];
}

function bySchedule(a: ShowDetails, b: ShowDetails): number {
  const [at, otherAt] = [a, b].map(({ scheduledFor }) => scheduledFor?.toMillis() ?? 0);
  return (at ?? 0) - (otherAt ?? 0) || (a.id < b.id ? -1 : 1);
}
