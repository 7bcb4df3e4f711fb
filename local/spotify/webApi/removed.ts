import { forbidden, noSuchService } from "./apiError.js";
import type { Route } from "./route.js";

/**
 * The endpoints that development mode lost in February 2026. They answer 403 there. In extended mode, this server has only
 * those that other files declare.
 * https://developer.spotify.com/documentation/web-api/tutorials/february-2026-migration-guide
 */
const removed: Readonly<Record<Route["method"], readonly string[]>> = {
  GET: [
    ...["albums", "artists", "audiobooks", "chapters", "episodes", "shows", "tracks"],
    ...["artists/:id/top-tracks", "markets", "users/:id", "users/:id/playlists"],
    ...["browse/new-releases", "browse/categories", "browse/categories/:id"],
    ...["me/albums/contains", "me/audiobooks/contains", "me/episodes/contains"],
    ...["me/following/contains", "me/shows/contains", "me/tracks/contains"],
    "playlists/:id/followers/contains",
  ],
  POST: [],
  PUT: [
    ...["me/albums", "me/audiobooks", "me/episodes", "me/following", "me/shows"],
    ...["playlists/:id/followers", "playlists/:id/tracks"],
  ],
  DELETE: [
    ...["me/albums", "me/audiobooks", "me/episodes", "me/following", "me/shows", "me/tracks"],
    ...["playlists/:id/followers", "playlists/:id/tracks"],
  ],
};

export const removedRoutes: readonly Route[] = (["GET", "POST", "PUT", "DELETE"] as const).flatMap(
  (method) =>
    removed[method].map((path) => ({
      method,
      path: `/v1/${path}`,
      handle: ({ state }) => (state.quotaMode === "development" ? forbidden() : noSuchService()),
    })),
);
