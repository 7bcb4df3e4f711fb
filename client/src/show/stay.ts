import type { Ambient } from "../ambient.js";
import { asAmbientError, type AmbientError } from "../errors/ambientError.js";
import { Observed, type KnownObservable } from "../observe/observable.js";
import type { Presence } from "./presence.js";
import { sessionOf, type Show } from "./show.js";

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
 * The person's own live show, if they are in it. Leaving it without a question would leave its audience alone.
 *
 * @example
 * ```ts
 * const own = ownShowOnAir(stay.place.current);
 * if (!own || confirm(`Leave ${own.details.current.title}?`)) stay.rejoin(showId);
 * ```
 */
export function ownShowOnAir(place: Place): Show | undefined {
  return isStaying(place) && place.show.me.current.role === "creator" ? place.show : undefined;
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
   * Joins a show, unless the person is there or is joining it. It neither undoes a removal nor takes a creator out of
   * their own live show: only `rejoin` does.
   *
   * @example
   * ```ts
   * stay.enter(showId);
   * ```
   */
  enter(showId: string): void {
    const place = this.#place.current;
    const isThere = place.showId === showId && place.kind !== "refused";
    if (!isThere && !ownShowOnAir(place)) this.rejoin(showId);
  }

  /**
   * Joins a show anew, after the person was removed or joining failed. It leaves any other show.
   *
   * @example
   * ```ts
   * button.onclick = () => stay.rejoin(showId);
   * ```
   */
  rejoin(showId: string): void {
    this.leaveNow();
    const joining: Place = { kind: "joining", showId };
    this.#place.set(joining);
    const isAwaited = () => this.#place.current === joining;
    this.#line = this.#line.then(async () => {
      if (!isAwaited()) return;
      try {
        const show = await this.#ambient.join(showId);
        if (isAwaited()) this.#isIn(show);
        else await sessionOf(show).leaveQuietly();
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
        await sessionOf(show).leaveQuietly();
        return;
      }
      this.leaveNow();
      this.#isIn(show);
    });
    this.#line = starting.catch(() => undefined);
    await starting;
  }

  /**
   * Leaves the show. Resolves once the server has answered, or has not within five seconds.
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
      this.#line = Promise.all([this.#line, sessionOf(place.show).leaveQuietly()]);
    }
    await this.#line;
  }

  /**
   * Leaves the show and forgets it, without a notice that the person is gone.
   *
   * @example
   * ```ts
   * stay.leaveNow();
   * ```
   */
  leaveNow(): void {
    void this.leave();
    this.#stopPresence();
    const place = this.#place.current;
    // A show that is over stays subscribed until now, because its view shows it.
    if (place.kind === "in") place.show.close();
    this.#place.set(nowhere);
  }

  /**
   * Forgets a show that is over, that the person is no longer in, or that refused them. Call it when the show's last view
   * closes.
   *
   * @example
   * ```ts
   * stay.forget(showId);
   * ```
   */
  forget(showId: string): void {
    const place = this.#place.current;
    if (place.showId !== showId || place.kind === "joining" || isStaying(place)) return;
    this.leaveNow();
  }

  #isIn(show: Show): void {
    this.#stopPresence = show.presence.subscribe((presence) => {
      this.#place.set({ kind: "in", showId: show.id, show, presence });
    });
  }
}
