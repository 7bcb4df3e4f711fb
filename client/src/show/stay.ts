import type { Ambient } from "../ambient.js";
import { asAmbientError, type AmbientError } from "../errors/ambientError.js";
import { Observed, type KnownObservable } from "../observe/observable.js";
import type { Presence } from "./presence.js";
import type { Show } from "./show.js";

/**
 * The show that a person is in or is entering.
 *
 * - `nowhere`: none
 * - `joining`: the server has not answered yet
 * - `in`: `presence` says whether the person is still there. Kept after the show's end, for its view
 * - `refused`: joining failed
 *
 * @example
 * ```ts
 * const titleOf = (place: Place) => (place.kind === "in" ? place.show.details.current.title : "");
 * ```
 */
export type Place =
  | { readonly kind: "nowhere"; readonly showId?: undefined }
  | { readonly kind: "joining"; readonly showId: string }
  | {
      readonly kind: "in";
      readonly showId: string;
      readonly show: Show;
      readonly presence: Presence;
    }
  | { readonly kind: "refused"; readonly showId: string; readonly error: AmbientError };

const nowhere: Place = { kind: "nowhere" };

/**
 * Whether the person is in a show that is not over, including while the client rejoins after a network failure.
 *
 * @example
 * ```ts
 * const { current } = stay.place;
 * if (isStaying(current)) setStatus(current.show.details.current.title);
 * ```
 */
export function isStaying(place: Place): place is Extract<Place, { readonly kind: "in" }> {
  return place.kind === "in" && ["present", "away"].includes(place.presence.kind);
}

/**
 * A person's stay in a live show, across all views of an app. There is one stay at a time: entering a show leaves the
 * one before.
 *
 * @example
 * ```ts
 * const stay = new Stay(ambient);
 * stay.enter(showId);
 * stay.place.subscribe((place) => render(place.kind));
 * ```
 */
export class Stay {
  readonly #ambient: Pick<Ambient, "join" | "start">;
  readonly #place = new Observed(nowhere);
  #stopPresence: () => void = () => undefined;
  /** Runs joining and leaving one at a time: a late leave would undo the next join. */
  #line: Promise<unknown> = Promise.resolve();
  /** How often the person has left, so that a show that starts afterwards does not bring them back. */
  #departures = 0;

  constructor(ambient: Pick<Ambient, "join" | "start">) {
    this.#ambient = ambient;
  }

  /**
   * Where the person is.
   *
   * @example
   * ```ts
   * stay.place.subscribe((place) => setBanner(place.kind === "joining"));
   * ```
   */
  get place(): KnownObservable<Place> {
    return this.#place;
  }

  /**
   * Joins a show, unless the person is there or is joining it. It does not undo a removal: only `enterAgain` does.
   *
   * @example
   * ```ts
   * stay.enter(showId);
   * ```
   */
  enter(showId: string): void {
    const { kind, showId: here } = this.#place.current;
    if (here !== showId || kind === "refused") this.enterAgain(showId);
  }

  /**
   * Joins a show anew, after the person was removed or joining failed.
   *
   * @example
   * ```ts
   * button.onclick = () => stay.enterAgain(showId);
   * ```
   */
  enterAgain(showId: string): void {
    this.quit();
    const joining: Place = { kind: "joining", showId };
    this.#place.set(joining);
    const isAwaited = () => this.#place.current === joining;
    this.#line = this.#line.then(async () => {
      if (!isAwaited()) return;
      try {
        const show = await this.#ambient.join(showId);
        if (isAwaited()) this.#isIn(show);
        else await leaveQuietly(show);
      } catch (error) {
        if (isAwaited()) this.#place.set({ kind: "refused", showId, error: asAmbientError(error) });
      }
    });
  }

  /**
   * Takes a show live. If that fails, the person stays where they are. If they leave meanwhile, the show is live without them.
   *
   * @example
   * ```ts
   * await stay.start(showId);
   * ```
   */
  async start(showId: string): Promise<void> {
    const before = this.#departures;
    const starting = this.#line.then(async () => {
      const show = await this.#ambient.start(showId);
      const { kind, showId: next } = this.#place.current;
      // Its own view may have begun to join it.
      const isAwaited = kind === "joining" ? next === showId : this.#departures === before;
      if (!isAwaited) {
        await leaveQuietly(show);
        return;
      }
      this.quit();
      this.#isIn(show);
    });
    this.#line = starting.catch(() => undefined);
    await starting;
  }

  /**
   * Leaves the show. Resolves once the server has answered or failed to.
   *
   * @example
   * ```ts
   * await stay.leave();
   * ```
   */
  async leave(): Promise<void> {
    this.#departures += 1;
    const place = this.#place.current;
    if (place.kind === "joining") this.#place.set(nowhere);
    if (isStaying(place)) {
      this.#line = Promise.all([this.#line, leaveQuietly(place.show)]);
    }
    await this.#line;
  }

  /**
   * Leaves the show and forgets it, without a notice that the person is gone.
   *
   * @example
   * ```ts
   * stay.quit();
   * ```
   */
  quit(): void {
    void this.leave();
    this.#stopPresence();
    const place = this.#place.current;
    // A show that is over stays subscribed until now, because its view shows it.
    if (place.kind === "in") place.show.close();
    this.#place.set(nowhere);
  }

  /**
   * Forgets a show that is over or was refused. Call it when its view closes.
   *
   * @example
   * ```ts
   * stay.unwatch();
   * ```
   */
  unwatch(): void {
    const place = this.#place.current;
    if (place.kind === "joining" || isStaying(place)) return;
    this.quit();
  }

  #isIn(show: Show): void {
    this.#stopPresence = show.presence.subscribe((presence) => {
      this.#place.set({ kind: "in", showId: show.id, show, presence });
    });
  }
}

/** Ignores a network failure: the person has left this app's view in any case. */
async function leaveQuietly(show: Show): Promise<void> {
  await show.leave().catch(() => undefined);
}
