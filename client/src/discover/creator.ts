import { queries, type QueryDeclaration } from "../../../functions/src/contract/queries.js";
import type { Profile } from "../account/account.js";
import type { Backend } from "../backend/backend.js";
import type { ListRequest, Page } from "../backend/page.js";
import { memo } from "../observe/memo.js";
import type { Observable } from "../observe/observable.js";
import { mapped, type Source } from "../observe/source.js";
import { hiding } from "../observe/hiding.js";
import type { ShowDetails } from "../shows/showDetails.js";
import { publicShows } from "./publicShows.js";

/**
 * A creator's public page. If a block separates them from the signed-in person, there is no profile and no show.
 *
 * @example
 * ```ts
 * const creator = ambient.creator(creatorUid);
 * creator.past().subscribe(({ items }) => renderPast(items));
 * ```
 */
export class Creator {
  /**
   * Whose page it is.
   *
   * @example
   * ```ts
   * await ambient.follows.follow(ambient.creator(creatorUid).uid);
   * ```
   */
  readonly uid: string;
  /**
   * Name, picture, bio, links and the number of followers; undefined if there is no such person.
   *
   * @example
   * ```ts
   * ambient.creator(creatorUid).profile.subscribe((profile) => renderCreator(profile?.bio));
   * ```
   */
  readonly profile: Observable<Profile | undefined>;

  /**
   * The creator's live public show; undefined if none is live.
   *
   * @example
   * ```ts
   * ambient.creator(creatorUid).live.subscribe((show) => setStatus(show?.title));
   * ```
   */
  readonly live: Observable<ShowDetails | undefined>;
  readonly #backend: Backend;

  /** @internal */
  constructor(backend: Backend, uid: string, profile: Observable<Profile | undefined>) {
    this.#backend = backend;
    this.uid = uid;
    this.profile = backend.observable(
      hiding(profile, backend.hidden, (found, uids) => (uids.has(uid) ? undefined : found)),
    );
    const values = () => ["public", "live", uid];
    const page = this.#shows(queries.publicShowsOfCreator, values, { limit: 1 });
    this.live = backend.observable(mapped(page, ({ items }) => items[0]));
  }

  /**
   * The creator's announced public shows, soonest first.
   *
   * @example
   * ```ts
   * ambient.creator(creatorUid).upcoming().subscribe(({ items }) => renderCalendar(items));
   * ```
   */
  upcoming(request: ListRequest = {}): Observable<Page<ShowDetails>> {
    return this.#upcoming(request);
  }

  readonly #upcoming = memo((request: ListRequest) => {
    // Do not filter by time: a late show still belongs on its creator's page.
    const values = () => ["public", "scheduled", [this.uid], new Date(0)];
    return this.#backend.observable(this.#shows(queries.upcomingPublicShowsOf, values, request));
  });

  /**
   * The creator's public shows that are over, latest first.
   *
   * @example
   * ```ts
   * ambient.creator(creatorUid).past({ limit: 10 }).subscribe(({ items }) => renderPast(items));
   * ```
   */
  past(request: ListRequest = {}): Observable<Page<ShowDetails>> {
    return this.#past(request);
  }

  readonly #past = memo((request: ListRequest) => {
    const values = () => ["public", "ended", this.uid];
    return this.#backend.observable(this.#shows(queries.publicShowsOfCreator, values, request));
  });

  #shows(
    declaration: QueryDeclaration,
    values: () => readonly unknown[],
    request: ListRequest,
  ): Source<Page<ShowDetails>> {
    const list = publicShows(this.#backend, declaration, values, request);
    return hiding(list, this.#backend.hidden, (found, uids) =>
      uids.has(this.uid) ? { items: [], next: undefined } : found,
    );
  }
}
