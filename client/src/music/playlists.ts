import type { Backend } from "../backend/backend.js";
import type { RequestOf, ResponseOf } from "../backend/callables.js";

/**
 * The playlist of a show, before and while it is live, and the tracks to choose from.
 *
 * @example
 * ```ts
 * const [playlist] = (await ambient.playlists.mine()).items;
 * if (playlist) await ambient.playlists.setPlaylist(showId, playlist.id);
 * ```
 */
export class Playlists {
  readonly #backend: Backend;

  /** @internal */
  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /**
   * The signed-in person's playlists at Spotify, one page at a time.
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
   * Fills a show's playlist from a Spotify playlist. `skipped` counts tracks that cannot play in a show.
   *
   * @example
   * ```ts
   * const { trackCount, skipped } = await ambient.playlists.setPlaylist(showId, "37i9dQZF1DX0XUsuxWHRQd");
   * ```
   */
  setPlaylist(showId: string, playlistId: string): Promise<ResponseOf<"setShowPlaylist">> {
    return this.#backend.call("setShowPlaylist", { showId, playlistId });
  }

  /**
   * Reorders the playlist, and removes the tracks that are missing from `trackUris`. Fails with `PLAYLIST_CHANGED`
   * if `revision` is no longer current.
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
   * Adds a track to the end. To retry safely, pass the same `requestId` again: the track is added once.
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
   * Searches Spotify for tracks.
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
