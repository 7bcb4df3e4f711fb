import {
  asAmbientError,
  type Ambient,
  type AmbientError,
  type Observable,
  type Presence,
  type Show,
} from "@ambient/client";

/** The show that the person is in or is entering. */
export type Place =
  | { readonly kind: "nowhere"; readonly showId?: undefined }
  | { readonly kind: "joining"; readonly showId: string }
  | {
      readonly kind: "in";
      readonly showId: string;
      readonly show: Show;
      /** Kept after the end, until its view is left. */
      readonly presence: Presence;
    }
  | { readonly kind: "refused"; readonly showId: string; readonly error: AmbientError };

/** In a show that is not over, including while the client rejoins after a network failure. */
export function isStaying(place: Place): place is Extract<Place, { readonly kind: "in" }> {
  return place.kind === "in" && ["present", "away"].includes(place.presence.kind);
}

/** The person's stay in a live show, across all views. There is one stay at a time. */
export class Stay implements Observable<Place> {
  readonly #ambient: Ambient;
  readonly #listeners = new Set<(place: Place) => void>();
  #place: Place = { kind: "nowhere" };
  #stopPresence: () => void = () => undefined;
  /** Runs enter and leave one at a time: a late leave would undo the next enter. */
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

  /** Does nothing if the person is already there. After a removal, only `enterAgain` returns. */
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

  /** Takes a show live. If that fails, the person stays where they are. */
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

  /** Resolves once the server has answered or failed to. */
  async leave(): Promise<void> {
    const place = this.#place;
    if (place.kind === "joining") this.#set({ kind: "nowhere" });
    if (isStaying(place)) {
      this.#line = Promise.all([this.#line, leaveQuietly(place.show)]);
    }
    await this.#line;
  }

  /** Leaves without showing a notice. */
  quit(): void {
    void this.leave();
    this.#stopPresence();
    // A show that is over stays subscribed until now, because its view shows it.
    if (this.#place.kind === "in") this.#place.show.close();
    this.#set({ kind: "nowhere" });
  }

  /** Called when the show's view closes. Ends a stay that is over. */
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

/** Ignores a network failure: the person has left this app's view in any case. */
async function leaveQuietly(show: Show): Promise<void> {
  await show.leave().catch(() => undefined);
}
