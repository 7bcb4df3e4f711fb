import { hasPartIn, isVisibleTo, type Playlist } from "./playlist.js";
import { startingPlaylists } from "./startingPlaylists.js";

/** Null if it was deleted. */
export type PlaylistChange = (before: Playlist | undefined) => Playlist | null;

/** The current playlists. The control endpoint changes them, immediately or between two pages. */
export class Playlists {
  readonly #byId = new Map<string, Playlist>();
  #awaited: { readonly id: string; readonly change: PlaylistChange; pagesLeft: number }[] = [];

  constructor() {
    this.reset();
  }

  reset(): void {
    this.#byId.clear();
    this.#awaited = [];
    for (const playlist of startingPlaylists()) this.#byId.set(playlist.id, playlist);
  }

  find(id: string): Playlist | undefined {
    return this.#byId.get(id);
  }

  /** The playlists in a user's library. */
  keptBy(persona: string): readonly Playlist[] {
    return [...this.#byId.values()].filter(
      (playlist) =>
        hasPartIn(playlist, persona) ||
        (playlist.followers.includes(persona) && isVisibleTo(playlist, persona)),
    );
  }

  /** Adds a playlist, as the first of its owner's library. */
  create(playlist: Playlist): void {
    const before = [...this.#byId];
    this.#byId.clear();
    for (const [id, each] of [[playlist.id, playlist] as const, ...before]) {
      this.#byId.set(id, each);
    }
  }

  change(id: string, change: PlaylistChange): void {
    const before = this.#byId.get(id);
    const after = change(before);
    if (after === null) this.#byId.delete(id);
    else this.#byId.set(id, { ...after, version: (before?.version ?? 0) + 1 });
  }

  /** Applies a change after that many more pages of items were read. */
  changeAfter(pages: number, id: string, change: PlaylistChange): void {
    this.#awaited.push({ id, change, pagesLeft: pages });
  }

  /** Records that a page of items was read. */
  pageRead(id: string): void {
    const waiting = this.#awaited;
    this.#awaited = [];
    for (const each of waiting) {
      if (each.id === id) each.pagesLeft -= 1;
      if (each.pagesLeft > 0) this.#awaited.push(each);
      else this.change(id, each.change);
    }
  }
}
