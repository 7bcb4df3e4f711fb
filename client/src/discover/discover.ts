import { queries, type QueryDeclaration } from "../../../functions/src/contract/queries.js";
import {
  creatorSearchDocument,
  showSearchDocument,
  type CreatorSearchDocument,
  type ShowSearchDocument,
} from "../../../functions/src/contract/search.js";
import { searchPrefix, searchWordsOf } from "../../../functions/src/contract/searchWords.js";
import { showDocument } from "../../../functions/src/contract/shows.js";
import type { Backend } from "../backend/backend.js";
import {
  limitOf,
  listPage,
  pageOf,
  pageQuery,
  type Page,
  type PageRequest,
} from "../backend/page.js";
import type { Identified, Received } from "../backend/readDocument.js";
import { firstOf } from "../observe/firstOf.js";
import { mapped, switching, type Subscribable } from "../observe/subscribable.js";
import { together } from "../observe/together.js";
import { hiding } from "../observe/without.js";
import type { ShowDetails } from "../shows/showDetails.js";
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

/** How long after its time (ms) a show that has not started is still listed as upcoming. */
const LATE_MS = 3_600_000;
/** Firestore takes so many values for one query. */
const CREATORS_PER_QUERY = 30;
/** How many of the newest live shows are listed beside the largest ones. */
const NEWEST = 10;
/** The rules allow no larger page of a search. */
const LONGEST_PAGE = 50;
/** A search for several words reads at most so many pages until one of them has a result. */
const MOST_PAGES = 3;
const LONGEST_TEXT = 200;

const shows = { path: "shows", schema: showDocument };

/** What the first page of live shows is made of. */
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

  /** @internal */
  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /**
   * Live shows: large, new and followed ones first. The first page also contains the newest shows and those of all whom
   * the person follows; later pages go on by the size of the audience, so leave out what is on the screen already.
   *
   * @example
   * ```ts
   * ambient.discover.live().subscribe(({ items }) => renderLive(items), renderProblem);
   * ```
   */
  live(page: PageRequest<ShowDetails> = {}): Subscribable<Page<ShowDetails>> {
    const largest = this.#page(queries.livePublicShows, () => ["public", "live"], page);
    if (page.after !== undefined) return this.#withoutHidden(largest);
    const newest = this.#page(queries.newestLivePublicShows, () => ["public", "live"], {
      limit: NEWEST,
    });
    const theirs = switching(this.#backend.followed, (followed) =>
      mapped(this.#liveOf(followed), (found): LivePart => ({ ...found, followed })),
    );
    const ranked = mapped(together<LivePart>([largest, newest, theirs]), (parts) => {
      const followed = parts.flatMap((part) => [...(part.followed ?? [])]);
      const ranking = { now: this.#backend.local.wall(), followed: new Set(followed) };
      return { items: rankLive(unique(parts), ranking), next: parts[0]?.next };
    });
    return this.#withoutHidden(ranked);
  }

  /**
   * Announced shows, soonest first. A show that is more than an hour late is not listed.
   *
   * @example
   * ```ts
   * ambient.discover.upcoming({ limit: 10 }).subscribe(({ items }) => renderCalendar(items));
   * ```
   */
  upcoming(page: PageRequest<ShowDetails> = {}): Subscribable<Page<ShowDetails>> {
    const values = () => ["public", "scheduled", this.#soon()];
    return this.#withoutHidden(this.#page(queries.upcomingPublicShows, values, page));
  }

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
    page: PageRequest<ShowDetails> = {},
  ): Subscribable<Page<ShowDetails>> {
    return this.#withoutHidden(
      status === "live"
        ? this.#page(queries.livePublicShowsWithTag, () => ["public", "live", tag], page)
        : this.#page(
            queries.upcomingPublicShowsWithTag,
            () => ["public", "scheduled", tag, this.#soon()],
            page,
          ),
    );
  }

  /**
   * Shows of those whom the signed-in person follows: all that are live, or the announced ones, soonest first. It takes
   * one query for 30 creators.
   *
   * @example
   * ```ts
   * ambient.discover.fromFollowed("live").subscribe(({ items }) => renderLive(items));
   * ```
   */
  fromFollowed(
    status: "live" | "upcoming",
    page: PageRequest<ShowDetails> = {},
  ): Subscribable<Page<ShowDetails>> {
    return this.#withoutHidden(
      switching(this.#backend.followed, (followed) =>
        status === "live" ? this.#liveOf(followed) : this.#upcomingOf(followed, page),
      ),
    );
  }

  /**
   * Searches public shows by the words of their titles and their creators' names: what is live first, then what comes,
   * then what was. Each word finds what begins with it, regardless of case and accents; a show has to have all words.
   * Words are compared by their first 12 letters. A text without letters and digits finds nothing.
   *
   * @example
   * ```ts
   * const { items, next } = await ambient.discover.searchShows("night dri");
   * ```
   */
  searchShows(text: string, page: PageRequest<FoundShow> = {}): Promise<Page<FoundShow>> {
    return this.#search(
      text,
      { path: "showSearch", declaration: queries.showsByWord, page },
      (query) => this.#backend.readList(query, showSearchDocument),
      ({ creatorUid }) => creatorUid,
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
  searchCreators(text: string, page: PageRequest<FoundCreator> = {}): Promise<Page<FoundCreator>> {
    return this.#search(
      text,
      { path: "creatorSearch", declaration: queries.creatorsByWord, page },
      (query) => this.#backend.readList(query, creatorSearchDocument),
      ({ id }) => id,
    );
  }

  #soon(): Date {
    return new Date(this.#backend.local.wall() - LATE_MS);
  }

  #page(
    declaration: QueryDeclaration,
    values: () => readonly unknown[],
    page: PageRequest<ShowDetails>,
  ): Subscribable<Page<ShowDetails>> {
    return this.#backend.whileSignedIn(listPage(this.#backend, shows, declaration, values, page));
  }

  #withoutHidden(pages: Subscribable<Page<ShowDetails>>): Subscribable<Page<ShowDetails>> {
    return hiding(pages, this.#backend.hidden, ({ items, next }, uids) => ({
      items: items.filter(({ creatorUid }) => !uids.has(creatorUid)),
      next,
    }));
  }

  /** A creator has one live show at most, so each page is complete. */
  #liveOf(creators: ReadonlySet<string>): Subscribable<Page<ShowDetails>> {
    const pages = chunksOf(creators).map((chunk) =>
      this.#page(queries.livePublicShowsOf, () => ["public", "live", chunk], {
        limit: CREATORS_PER_QUERY,
      }),
    );
    return mapped(together(pages), (found) => ({
      items: rankLive(unique(found), { now: this.#backend.local.wall(), followed: new Set() }),
      next: undefined,
    }));
  }

  #upcomingOf(
    creators: ReadonlySet<string>,
    page: PageRequest<ShowDetails>,
  ): Subscribable<Page<ShowDetails>> {
    const pages = chunksOf(creators).map((chunk) =>
      this.#page(
        queries.upcomingPublicShowsOf,
        () => ["public", "scheduled", chunk, this.#soon()],
        page,
      ),
    );
    // Each page has its soonest shows, so together they have the soonest of all.
    return mapped(together(pages), (found) =>
      pageOf([...unique(found)].sort(bySchedule).slice(0, limitOf(page)), page),
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
      readonly page: PageRequest<Found>;
    },
    read: (query: ReturnType<Backend["query"]>) => Promise<readonly Found[]>,
    uidOf: (found: Found) => string,
  ): Promise<Page<Found>> {
    const words = searchWordsOf(text.slice(0, LONGEST_TEXT)).map(searchPrefix);
    // The longest word finds the fewest; Firestore takes one, and the others are looked for in what it finds.
    const [first, ...others] = words.toSorted((a, b) => b.length - a.length);
    if (first === undefined) return { items: [], next: undefined };
    const hidden = await firstOf(this.#backend.hidden);
    const limit = Math.min(limitOf(page), LONGEST_PAGE);
    let after = page.after;
    let items: readonly Found[] = [];
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
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
