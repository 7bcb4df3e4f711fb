import { failureOfAnswer } from "./failures.js";
import { isDone, isUnknownEndpoint } from "./unknownEndpoint.js";
import type { SpotifyWebApi } from "./webApi.js";

const MAX_AT_ONCE = 40;

/**
 * Saves tracks to the listener's Spotify library. Saving a track twice does no harm. It fails with
 * `SPOTIFY_RELINK_REQUIRED` also if the listener never granted `user-library-modify`.
 *
 * @example
 * ```ts
 * await saveToLibrary(spotifyOf(ambient), [track.uri]);
 * ```
 */
export async function saveToLibrary(
  api: SpotifyWebApi,
  trackUris: readonly string[],
): Promise<void> {
  for (let from = 0; from < trackUris.length; from += MAX_AT_ONCE) {
    const some = trackUris.slice(from, from + MAX_AT_ONCE);
    const answer = await api.ask(
      "PUT",
      `/me/library?uris=${some.map(encodeURIComponent).join(",")}`,
    );
    if (isDone(answer)) continue;
    if (!isUnknownEndpoint(answer)) throw failureOfAnswer(answer);
    // Before February 2026, each kind of item had its own endpoint.
    await api.request("PUT", "/me/tracks", { ids: some.map(idOf) });
  }
}

function idOf(trackUri: string): string {
  return trackUri.split(":").at(-1) ?? "";
}
