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
 * const titleOf = (state: StayState) => (state.kind === "in" ? state.show.details.current.title : "");
 * ```
 */
export type StayState =
  | { readonly kind: "nowhere"; readonly showId?: undefined }
  | { readonly kind: "joining"; readonly showId: string }
  | {
      readonly kind: "in";
      readonly showId: string;
      readonly show: Show;
      readonly presence: Presence;
    }
  | { readonly kind: "refused"; readonly showId: string; readonly error: AmbientError };

const nowhere: StayState = { kind: "nowhere" };

/**
 * Whether the person is in a show that is not over, including while the client rejoins after a network failure.
 *
 * @example
 * ```ts
 * const { current } = stay.state;
 * if (isStaying(current)) setStatus(current.show.details.current.title);
 * ```
 */
export function isStaying(state: StayState): state is Extract<StayState, { readonly kind: "in" }> {
  return state.kind === "in" && ["present", "away"].includes(state.presence.kind);
}

/**
 * The person's own live show, if they are in it. Leaving it without a question would leave its audience alone.
 *
 * @example
 * ```ts
 * const own = ownShowOnAir(stay.state.current);
 * if (!own || confirm(`Leave ${own.details.current.title}?`)) stay.rejoin(showId);
 * ```
 */
export function ownShowOnAir(state: StayState): Show | undefined {
  return isStaying(state) && state.show.me.current.role === "creator" ? state.show : undefined;
}

/**
 * A person's stay in a live show, across all views of an app. There is one stay at a time: entering a show leaves the
 * one before.
 *
 * @example
 * ```ts
 * const stay = new Stay(ambient);
 * stay.enter(showId);
 * stay.state.subscribe((state) => render(state.kind));
 * ```
 */
export class Stay {
  readonly #ambient: Pick<Ambient, "join" | "start">;
  readonly #state = new Observed(nowhere);
  #stopPresence: () => void = () => undefined;
  /** Runs joining and leaving one at a time: a late leave would undo the next join. */
  #queue: Promise<unknown> = Promise.resolve();
  /** How often the person has left, so that a show that starts afterwards does not bring them back. */
  #leaves = 0;

  constructor(ambient: Pick<Ambient, "join" | "start">) {
    this.#ambient = ambient;
  }

  /**
   * Where the person is.
   *
   * @example
   * ```ts
   * stay.state.subscribe((state) => setBanner(state.kind === "joining"));
   * ```
   */
  get state(): KnownObservable<StayState> {
    return this.#state;
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
    const state = this.#state.current;
    const isThere = state.showId === showId && state.kind !== "refused";
    if (!isThere && !ownShowOnAir(state)) this.rejoin(showId);
  }

  /**
   * Joins a show again, after the person was removed or joining failed. It leaves any other show.
   *
   * @example
   * ```ts
   * button.onclick = () => stay.rejoin(showId);
   * ```
   */
  rejoin(showId: string): void {
    this.leaveNow();
    const joining: StayState = { kind: "joining", showId };
    this.#state.set(joining);
    const isAwaited = () => this.#state.current === joining;
    this.#queue = this.#queue.then(async () => {
      if (!isAwaited()) return;
      try {
        const show = await this.#ambient.join(showId);
        if (isAwaited()) this.#isIn(show);
        else await sessionOf(show).leaveQuietly();
      } catch (error) {
        if (isAwaited()) this.#state.set({ kind: "refused", showId, error: asAmbientError(error) });
      }
    });
  }

  /**
   * Takes a show live. If that fails, the person stays where they are. If they leave before the promise resolves, the
   * show still goes live.
   *
   * @example
   * ```ts
   * await stay.start(showId);
   * ```
   */
  async start(showId: string): Promise<void> {
    const before = this.#leaves;
    const starting = this.#queue.then(async () => {
      const show = await this.#ambient.start(showId);
      const { kind, showId: next } = this.#state.current;
      // Its own view may have begun to join it.
      const isAwaited = kind === "joining" ? next === showId : this.#leaves === before;
      if (!isAwaited) {
        await sessionOf(show).leaveQuietly();
        return;
      }
      this.leaveNow();
      this.#isIn(show);
    });
    this.#queue = starting.catch(() => undefined);
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
    this.#leaves += 1;
    const state = this.#state.current;
    if (state.kind === "joining") this.#state.set(nowhere);
    if (isStaying(state)) {
      this.#queue = Promise.all([this.#queue, sessionOf(state.show).leaveQuietly()]);
    }
    await this.#queue;
  }

  /**
   * Leaves the show and forgets it, without a notice that the person has left.
   *
   * @example
   * ```ts
   * stay.leaveNow();
   * ```
   */
  leaveNow(): void {
    void this.leave();
    this.#stopPresence();
    const state = this.#state.current;
    // A show that is over stays subscribed until now, because its view shows it.
    if (state.kind === "in") state.show.close();
    this.#state.set(nowhere);
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
    const state = this.#state.current;
    if (state.showId !== showId || state.kind === "joining" || isStaying(state)) return;
    this.leaveNow();
  }

  #isIn(show: Show): void {
    this.#stopPresence = show.presence.subscribe((presence) => {
      this.#state.set({ kind: "in", showId: show.id, show, presence });
    });
  }
}
