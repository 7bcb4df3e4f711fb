import {
  asAmbientError,
  type Ambient,
  type AmbientError,
  type Observable,
  type Presence,
  type Show,
} from "@ambient/client";

/** Where one is, or is about to be. */
export type Place =
  | { readonly kind: "nowhere"; readonly showId?: undefined }
  | { readonly kind: "joining"; readonly showId: string }
  | {
      readonly kind: "in";
      readonly showId: string;
      readonly show: Show;
      /** Over, or gone, it stays until nobody looks at it any more. */
      readonly presence: Presence;
    }
  | { readonly kind: "refused"; readonly showId: string; readonly error: AmbientError };

/** In a show that is not over, also while the client brings one back after a lost network. */
export function isStaying(place: Place): place is Extract<Place, { readonly kind: "in" }> {
  return place.kind === "in" && ["present", "away"].includes(place.presence.kind);
}

/** One's stay in a live show, one at a time, whatever view one looks at meanwhile. */
export class Stay implements Observable<Place> {
  readonly #ambient: Ambient;
  readonly #listeners = new Set<(place: Place) => void>();
  #place: Place = { kind: "nowhere" };
  #stopPresence: () => void = () => undefined;
  /** One after the other: a leave that comes late would undo the entrance after it. */
  #line: Promise<unknown> = Promise.resolve();

  constructor(ambient: Ambient) {
    this.#ambient = ambient;
  }

  get current(): Place {
    return this.#place;
  }

  subscribe(next: (place: Place) => void): () => void {
    this.#listeners.add(next);
    next(this.#place);
    return () => {
      this.#listeners.delete(next);
    };
  }

  /** Unless one is there already; what one was put out of, one comes back to by `enterAgain` alone. */
  enter(showId: string): void {
    const { kind, showId: here } = this.#place;
    if (here !== showId || kind === "refused") this.enterAgain(showId);
  }

  enterAgain(showId: string): void {
    this.quit();
    const joining: Place = { kind: "joining", showId };
    this.#set(joining);
    const isAwaited = () => this.#place === joining;
    this.#line = this.#line.then(async () => {
      if (!isAwaited()) return;
      try {
        const show = await this.#ambient.join(showId);
        if (isAwaited()) this.#isIn(show);
        else await leaveQuietly(show);
      } catch (error) {
        if (isAwaited()) this.#set({ kind: "refused", showId, error: asAmbientError(error) });
      }
    });
  }

  /** Takes a show live. One that does not start takes nobody out of where he is. */
  async start(showId: string): Promise<void> {
    const starting = this.#line.then(async () => {
      const show = await this.#ambient.start(showId);
      const { kind, showId: next } = this.#place;
      if (kind === "joining" && next !== showId) {
        await leaveQuietly(show);
        return;
      }
      this.quit();
      this.#isIn(show);
    });
    this.#line = starting.catch(() => undefined);
    await starting;
  }

  /** Resolves once the server has heard of it, or does not answer. */
  async leave(): Promise<void> {
    const place = this.#place;
    if (place.kind === "joining") this.#set({ kind: "nowhere" });
    if (isStaying(place)) {
      this.#line = Promise.all([this.#line, leaveQuietly(place.show)]);
    }
    await this.#line;
  }

  /** Leaves, and there is nothing more to tell of it. */
  quit(): void {
    void this.leave();
    this.#stopPresence();
    // What is over is followed until then: it may still be talked about.
    if (this.#place.kind === "in") this.#place.show.close();
    this.#set({ kind: "nowhere" });
  }

  /** Nobody looks at the show: what one is not in any more goes with its view. */
  unwatch(): void {
    const place = this.#place;
    if (place.kind === "joining" || isStaying(place)) {
      return;
    }
    this.quit();
  }

  #isIn(show: Show): void {
    this.#stopPresence = show.presence.subscribe((presence) => {
      this.#set({ kind: "in", showId: show.id, show, presence });
    });
  }

  #set(place: Place): void {
    this.#place = place;
    for (const listener of this.#listeners) listener(place);
  }
}

/** Whether the network answers or not, one is out of it here. */
async function leaveQuietly(show: Show): Promise<void> {
  await show.leave().catch(() => undefined);
}
