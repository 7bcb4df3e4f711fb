import type { Backend } from "../backend/backend.js";
import type { RequestOf, ResponseOf } from "../backend/callables.js";

/**
 * A show's playlist, before and while it is live, and what can be put into it.
 *
 * @example
 * ```ts
 * const [playlist] = (await ambient.playlists.mine()).items;
 * if (playlist) await ambient.playlists.fill(showId, playlist.id);
 * ```
 */
export class Playlists {
  readonly #backend: Backend;

  /** @internal */
  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /**
   * One's own playlists at Spotify, a page at a time.
   *
   * @example
   * ```ts
   * const { items, total } = await ambient.playlists.mine({ offset: 20 });
   * ```
   */
  mine(page: RequestOf<"listMyPlaylists"> = {}): Promise<ResponseOf<"listMyPlaylists">> {
    return this.#backend.call("listMyPlaylists", page);
  }

  /**
   * Fills a show's playlist from one of Spotify's; `skipped` is what no show can play.
   *
   * @example
   * ```ts
   * const { trackCount, skipped } = await ambient.playlists.fill(showId, "37i9dQZF1DX0XUsuxWHRQd");
   * ```
   */
  fill(showId: string, playlistId: string): Promise<ResponseOf<"setShowPlaylist">> {
    return this.#backend.call("setShowPlaylist", { showId, playlistId });
  }

  /**
   * Puts the tracks into a new order; one that is absent is removed. `PLAYLIST_CHANGED`: it is not at that
   * revision any more.
   *
   * @example
   * ```ts
   * await ambient.playlists.reorder(showId, playlist.revision, uris.toReversed());
   * ```
   */
  async reorder(showId: string, revision: number, trackUris: readonly string[]): Promise<number> {
    const request = { showId, revision, trackUris: [...trackUris] };
    return (await this.#backend.call("editShowPlaylist", request)).revision;
  }

  /**
   * Adds a track to the end. Give a call that is tried again the `requestId` of the first try, so that it adds once.
   *
   * @example
   * ```ts
   * await ambient.playlists.add(showId, track.uri);
   * ```
   */
  async add(
    showId: string,
    trackUri: string,
    requestId = this.#backend.newId("shows"),
  ): Promise<number> {
    return (await this.#backend.call("addShowTrack", { showId, trackUri, requestId })).revision;
  }

  /**
   * Looks for tracks at Spotify.
   *
   * @example
   * ```ts
   * const tracks = await ambient.playlists.search("night drive");
   * ```
   */
  async search(
    query: string,
    page: Omit<RequestOf<"searchTracks">, "query"> = {},
  ): Promise<ResponseOf<"searchTracks">["items"]> {
    return (await this.#backend.call("searchTracks", { query, ...page })).items;
  }
}
