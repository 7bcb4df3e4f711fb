/** A track as a show plays it. */
export interface CatalogTrack {
  readonly uri: string;
  readonly name: string;
  readonly artists: string[];
  readonly durationMs: number;
  readonly imageUrl: string | null;
  readonly explicit: boolean;
  /** The recording's code, if Spotify knows it. */
  readonly isrc?: string;
}

export interface CatalogPlaylist {
  readonly id: string;
  readonly name: string;
  readonly imageUrl: string | null;
  /** Everything in it, also what no show can play. */
  readonly trackCount: number;
  /** Changes with every change of the playlist. */
  readonly snapshotId: string | null;
}

/** One place in a playlist. What no show can play may be a track that is unavailable: its uri. */
export type CatalogItem =
  | { readonly kind: "track"; readonly track: CatalogTrack }
  | { readonly kind: "skipped"; readonly uri: string | null };

/** Where in a playlist a page begins, and at which of Spotify's endpoints, once that is known. */
export interface PagePlace {
  readonly offset: number;
  readonly endpoint?: "items" | "tracks";
}

/** A stretch of a playlist. */
export interface CatalogPage {
  readonly total: number;
  readonly items: readonly CatalogItem[];
  readonly next: PagePlace;
}

/**
 * Spotify's catalogue, in both of Spotify's quota modes. `accessToken` is a person's, `deadline` in
 * milliseconds since the epoch. Every method may refuse with SPOTIFY_RELINK_REQUIRED (the grant or a
 * scope is missing), SPOTIFY_NOT_ALLOWED, SPOTIFY_RATE_LIMITED, SPOTIFY_QUOTA_EXCEEDED and SPOTIFY_UNAVAILABLE.
 */
export interface SpotifyCatalog {
  listPlaylists(
    accessToken: string,
    page: { offset: number; limit: number },
    deadline: number,
  ): Promise<{ total: number; items: CatalogPlaylist[] }>;
  /** Null: there is none, or none that this person may read. */
  getPlaylist(accessToken: string, id: string, deadline: number): Promise<CatalogPlaylist | null>;
  /** Null: the person may not read its contents. */
  readPlaylist(
    accessToken: string,
    id: string,
    from: PagePlace,
    deadline: number,
  ): Promise<CatalogPage | null>;
  searchTracks(
    accessToken: string,
    query: string,
    page: { offset: number; limit: number },
    deadline: number,
  ): Promise<CatalogTrack[]>;
  /** Null: no such track, or none that a show can play. */
  getTrack(accessToken: string, id: string, deadline: number): Promise<CatalogTrack | null>;
}

/** `GET /playlists/{id}/items` gives no more at once. */
export const PLAYLIST_PAGE = 50;
